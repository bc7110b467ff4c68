package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.event.Violation;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Optional;
import org.jooq.tools.jdbc.DefaultConnection;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/** A connection whose statements carry the scope that is open when they are executed. */
final class BoundConnection extends DefaultConnection {

    private final Connection raw;
    private final ConnectionGuard guard;
    private final TenantSql tenantSql;
    private final SessionSettings settings;
    private final boolean prefixes;
    private final boolean namesOnly;
    private final OpenCursors cursors = new OpenCursors();

    BoundConnection(
            Connection raw,
            ConnectionGuard guard,
            TenantSql tenantSql,
            SessionSettings settings,
            boolean prefixes,
            boolean namesOnly) {
        super(raw);
        this.raw = raw;
        this.guard = guard;
        this.tenantSql = tenantSql;
        this.settings = settings;
        this.prefixes = prefixes;
        this.namesOnly = namesOnly;
    }

    boolean isAdmin() {
        return guard instanceof AdminGuard;
    }

    TenantSql tenantSql() {
        return tenantSql;
    }

    /** Whether statements are sent with the tenant before them. */
    boolean prefixes() {
        return prefixes;
    }

    /** Whether it may lead to a schema of a tenant's own, so that tables must be named without a schema. */
    boolean namesOnly() {
        return namesOnly;
    }

    /** What to set the session variable to before a statement of a scope is sent; null for nothing. */
    @Nullable
    String admit(String statement, Optional<Scope> scope, StatementRules rules) throws SQLException {
        String tenant = guard.admit(scope, statement, rules, !raw.getAutoCommit());
        if (tenant != null) {
            try {
                cursors.refuseOthers(tenant);
            } catch (StatementRefusedException e) {
                settings.events().publish(new Violation(scope, e, true));
                throw e;
            }
        }
        return tenant;
    }

    /** A tenant is being bound to a statement. */
    void bound(String tenant, boolean sameRoundTrip) {
        settings.bound(tenant, sameRoundTrip);
    }

    /** A statement has been executed as a tenant. */
    void executed(String tenant, Statement statement) throws SQLException {
        if (!raw.getAutoCommit()) {
            cursors.executed(tenant, statement);
        }
    }

    /**
     * Sets the tenant and then does something, in one transaction: the one that is open, or in autocommit one of its
     * own.
     */
    <T> T afterBinding(String tenant, SqlCall<T> action) throws SQLException {
        bound(tenant, false);
        if (!raw.getAutoCommit()) {
            tenantSql.setLocal(raw, tenant);
            return action.call();
        }
        raw.setAutoCommit(false);
        T result;
        try {
            tenantSql.setLocal(raw, tenant);
            result = action.call();
            raw.commit();
        } catch (Throwable e) { // whatever it is: setAutoCommit(true) would commit what was done
            undo(e);
            throw e;
        }
        raw.setAutoCommit(true);
        return result;
    }

    private void undo(Throwable cause) {
        try {
            raw.rollback();
            raw.setAutoCommit(true);
        } catch (SQLException | RuntimeException e) {
            cause.addSuppressed(e);
            abort(raw, cause);
        }
    }

    /** Closes a connection that nobody may have again. */
    static void abort(Connection raw, Throwable cause) {
        try {
            raw.abort(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public Statement createStatement() throws SQLException {
        return new BoundStatement(raw.createStatement(), this);
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        refuseUpdatable(concurrency);
        return new BoundStatement(raw.createStatement(type, concurrency), this);
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        refuseUpdatable(concurrency);
        return new BoundStatement(raw.createStatement(type, concurrency, holdability), this);
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return bound(sql, prefixes, raw::prepareStatement);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        refuseUpdatable(concurrency);
        return bound(sql, prefixes, text -> raw.prepareStatement(text, type, concurrency));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        refuseUpdatable(concurrency);
        return bound(sql, prefixes, text -> raw.prepareStatement(text, type, concurrency, holdability));
    }

    // The driver takes the first result of a statement for the generated keys, and that would be the prefix's.
    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return bound(
                sql,
                prefixes && autoGeneratedKeys == Statement.NO_GENERATED_KEYS,
                text -> raw.prepareStatement(text, autoGeneratedKeys));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return bound(sql, false, text -> raw.prepareStatement(text, columnIndexes));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return bound(sql, false, text -> raw.prepareStatement(text, columnNames));
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        return new BoundCallableStatement(raw.prepareCall(sql), sql, this);
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        refuseUpdatable(concurrency);
        return new BoundCallableStatement(raw.prepareCall(sql, type, concurrency), sql, this);
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) throws SQLException {
        refuseUpdatable(concurrency);
        return new BoundCallableStatement(raw.prepareCall(sql, type, concurrency, holdability), sql, this);
    }

    private static void refuseUpdatable(int concurrency) {
        if (concurrency == ResultSet.CONCUR_UPDATABLE) {
            throw new StatementRefusedException(
                    "an updatable result set",
                    "The driver writes its rows by statements of its own, which carry no tenant.",
                    "Open it with ResultSet.CONCUR_READ_ONLY, and write with UPDATE statements.");
        }
    }

    private PreparedStatement bound(String sql, boolean prefixed, Preparation preparation) throws SQLException {
        return new BoundPreparedStatement(sql, prefixed, preparation, this, stringsAreTyped());
    }

    // Whether setString gives its parameter a type: not with stringtype=unspecified.
    private boolean stringsAreTyped() throws SQLException {
        return raw.isWrapperFor(BaseConnection.class)
                && raw.unwrap(BaseConnection.class).getStringVarcharFlag();
    }

    @Override
    public void commit() throws SQLException {
        raw.commit();
        transactionEnded();
    }

    @Override
    public void rollback() throws SQLException {
        raw.rollback();
        transactionEnded();
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        raw.rollback(savepoint); // the transaction goes on, and stays its tenant's
    }

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        raw.setAutoCommit(autoCommit);
        if (autoCommit) {
            transactionEnded();
        }
    }

    private void transactionEnded() {
        guard.transactionEnded();
        cursors.forget();
    }

    /** Takes back what was set for the session, so that the connection may go to another tenant. */
    void giveBack() throws SQLException {
        if (tenantSql.strategy() != BindingStrategy.CHECKOUT || isAdmin() || raw.isClosed()) {
            return;
        }
        try {
            if (!raw.getAutoCommit()) {
                raw.rollback();
            }
            tenantSql.setSession(raw, "");
        } catch (SQLException | RuntimeException e) {
            abort(raw, e); // the tenant is still on it
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            giveBack();
        } finally {
            raw.close();
        }
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return Unwrapping.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    /** Prepares a statement of the driver with the caller's options. */
    @FunctionalInterface
    interface Preparation {
        PreparedStatement prepare(String sql) throws SQLException;
    }

    /** Something that the driver does. */
    @FunctionalInterface
    interface SqlCall<T> {
        T call() throws SQLException;
    }
}
