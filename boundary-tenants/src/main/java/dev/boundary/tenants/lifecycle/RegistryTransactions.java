package dev.boundary.tenants.lifecycle;

import dev.boundary.core.TenantContext;
import dev.boundary.core.event.BoundaryEvent.TenantLifecycleEvent.Step;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistryException;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Transactions on the registry as the admin role, with the hooks in them; rolled back at the end in a dry run. */
final class RegistryTransactions {

    private static final SqlFile SQL = SqlFile.of(RegistryTransactions.class);

    private final DataSource admin;
    private final List<TenantHook> hooks;
    private final boolean dryRun;

    RegistryTransactions(DataSource admin, List<TenantHook> hooks, boolean dryRun) {
        this.admin = admin;
        this.hooks = List.copyOf(hooks);
        this.dryRun = dryRun;
    }

    RegistryTransactions dryRun() {
        return new RegistryTransactions(admin, hooks, true);
    }

    boolean isDryRun() {
        return dryRun;
    }

    @FunctionalInterface
    interface Work<T> {
        T on(Connection transaction) throws SQLException;
    }

    /** On a connection of its own. */
    <T> T run(String what, Work<T> work) {
        try (Connection connection = admin.getConnection()) {
            return run(connection, what, work);
        } catch (SQLException e) {
            throw failed(what, e);
        }
    }

    /** On a connection that stays open. */
    <T> T run(Connection connection, String what, Work<T> work) {
        try {
            return run(connection, work);
        } catch (SQLException e) {
            throw failed(what, e);
        }
    }

    private <T> T run(Connection connection, Work<T> work) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        T result;
        try {
            result = begunAndEnded(connection, work);
        } catch (SQLException | RuntimeException | Error e) {
            rollback(connection, autoCommit, e);
            throw e;
        }
        connection.setAutoCommit(autoCommit);
        return result;
    }

    /**
     * Whoever waited for a lock on a tenant must see what was committed meanwhile, whatever the connection's own
     * isolation level is: at REPEATABLE READ a tenant could be restored whose erasure has begun. The rollback loses no
     * one's work: with autocommit off, taking the lock has begun a transaction.
     */
    private <T> T begunAndEnded(Connection connection, Work<T> work) throws SQLException {
        connection.rollback();
        Jdbc.run(connection, "set transaction isolation level read committed");
        T result = work.on(connection);
        end(connection);
        return result;
    }

    private void end(Connection connection) throws SQLException {
        if (dryRun) {
            connection.rollback();
        } else {
            connection.commit();
        }
    }

    private static void rollback(Connection connection, boolean autoCommit, Throwable why) {
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
        if (dryRun || hooks.isEmpty()) {
            return;
        }
        bind(transaction, tenant.key().asText());
        Connection lent = HookConnection.of(transaction);
        for (TenantHook hook : hooks) {
            TenantContext.where(tenant.scope()).run(() -> call(hook, step, tenant, lent, call));
            requireSameTransaction(transaction, hook, step, tenant);
        }
        bind(transaction, "");
    }

    private static void call(TenantHook hook, Step step, Tenant tenant, Connection lent, Call call) {
        try {
            call.to(hook, step, tenant, lent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TenantHookException(hook, step, tenant, e);
        } catch (Exception e) {
            throw new TenantHookException(hook, step, tenant, e);
        }
    }

    /** A COMMIT or ROLLBACK in a hook's SQL bypasses the lent connection, but it unbinds the tenant. */
    private static void requireSameTransaction(Connection transaction, TenantHook hook, Step step, Tenant tenant)
            throws SQLException {
        if (!tenant.key().asText().equals(Jdbc.value(transaction, SQL.text("bound")))) {
            throw TenantHookException.endedTransaction(hook, step, tenant);
        }
    }

    private static void bind(Connection transaction, String key) throws SQLException {
        Jdbc.run(transaction, SQL.text("bind"), key);
    }
}
