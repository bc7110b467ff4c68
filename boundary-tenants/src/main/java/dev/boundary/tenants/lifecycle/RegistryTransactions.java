package dev.boundary.tenants.lifecycle;

import dev.boundary.core.TenantContext;
import dev.boundary.core.event.TenantLifecycleEvent.Step;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** Transactions on the registry as the admin role, with the hooks in them; undone at the end in a dry run. */
final class RegistryTransactions {

    private static final String BIND =
            "select pg_catalog.set_config(i.session_variable, ?, true) from boundary.installation i";

    private static final String BOUND =
            "select pg_catalog.current_setting(i.session_variable, true) from boundary.installation i";

    private final DataSource admin;
    private final List<TenantHook> hooks;
    private final boolean dry;

    RegistryTransactions(DataSource admin, List<TenantHook> hooks, boolean dry) {
        this.admin = admin;
        this.hooks = List.copyOf(hooks);
        this.dry = dry;
    }

    RegistryTransactions dry() {
        return new RegistryTransactions(admin, hooks, true);
    }

    boolean isDry() {
        return dry;
    }

    @FunctionalInterface
    interface Work<T> {
        T on(Connection transaction) throws SQLException;
    }

    /** On a connection that is given back. */
    <T> T run(String what, Work<T> work) {
        try (Connection connection = admin.getConnection()) {
            return run(connection, what, work);
        } catch (SQLException e) {
            throw failed(what, e);
        }
    }

    /** On a connection that is kept. */
    <T> T run(Connection connection, String what, Work<T> work) {
        try {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            T result;
            try {
                begin(connection);
                result = work.on(connection);
                end(connection);
            } catch (SQLException | RuntimeException | Error e) {
                undo(connection, autoCommit, e);
                throw e;
            }
            connection.setAutoCommit(autoCommit);
            return result;
        } catch (SQLException e) {
            throw failed(what, e);
        }
    }

    /**
     * Whoever waited for a lock on a tenant must see what was committed meanwhile, whatever isolation is the connection's
     * own: at REPEATABLE READ a tenant could be restored whose erasure has begun. Nothing of anybody's is rolled back: with
     * autocommit off, taking the lock has begun a transaction.
     */
    private static void begin(Connection connection) throws SQLException {
        connection.rollback();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction isolation level read committed");
        }
    }

    private void end(Connection connection) throws SQLException {
        if (dry) {
            connection.rollback();
        } else {
            connection.commit();
        }
    }

    private static void undo(Connection connection, boolean autoCommit, Throwable why) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    Connection open(String what) {
        try {
            return admin.getConnection();
        } catch (SQLException e) {
            throw failed(what, e);
        }
    }

    static TenantRegistryException failed(String what, SQLException error) {
        return new TenantRegistryException(
                what + " failed: " + error.getMessage() + ". Nothing of it was committed.", error);
    }

    void before(Step step, Tenant tenant, Connection transaction) throws SQLException {
        call(step, tenant, transaction, TenantHook::before);
    }

    void after(Step step, Tenant tenant, Connection transaction) throws SQLException {
        call(step, tenant, transaction, TenantHook::after);
    }

    @FunctionalInterface
    private interface Call {
        void to(TenantHook hook, Step step, Tenant tenant, Connection transaction) throws Exception;
    }

    private void call(Step step, Tenant tenant, Connection transaction, Call call) throws SQLException {
        if (dry || hooks.isEmpty()) {
            return;
        }
        bind(transaction, tenant.key().asText());
        Connection lent = HookConnection.of(transaction);
        for (TenantHook hook : hooks) {
            TenantContext.where(tenant.scope()).run(() -> {
                try {
                    call.to(hook, step, tenant, lent);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new TenantHookException(hook, step, tenant, e);
                } catch (Exception e) {
                    throw new TenantHookException(hook, step, tenant, e);
                }
            });
            requireSameTransaction(transaction, hook, step, tenant);
        }
        bind(transaction, "");
    }

    /** A COMMIT or ROLLBACK in a hook's SQL is past the connection that it was lent, but takes the tenant off the transaction. */
    private static void requireSameTransaction(Connection transaction, TenantHook hook, Step step, Tenant tenant)
            throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(BOUND);
                ResultSet row = statement.executeQuery()) {
            if (!row.next() || !tenant.key().asText().equals(row.getString(1))) {
                throw TenantHookException.endedTransaction(hook, step, tenant);
            }
        }
    }

    private static void bind(Connection transaction, String key) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(BIND)) {
            statement.setString(1, key);
            statement.execute();
        }
    }
}
