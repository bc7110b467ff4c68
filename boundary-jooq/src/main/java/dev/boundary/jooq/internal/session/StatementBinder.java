package dev.boundary.jooq.internal.session;

import dev.boundary.core.BoundaryException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/** Admits the statements of one connection, and binds the tenant to each. */
final class StatementBinder {

    private final Connection raw;
    private final ConnectionGuard guard;
    private final SessionVariableSql variable;
    private final SessionReporter reporter;
    private final OpenCursors cursors = new OpenCursors();

    StatementBinder(Connection raw, ConnectionGuard guard, SessionVariableSql variable, SessionReporter reporter) {
        this.raw = raw;
        this.guard = guard;
        this.variable = variable;
        this.reporter = reporter;
    }

    boolean isAdmin() {
        return guard instanceof AdminGuard;
    }

    /** Whether statements are sent with the tenant, or the search path, before them. */
    boolean prefixes() {
        return variable.prefixes();
    }

    /** Whether {@code setString} gives its parameter a type: not with {@code stringtype=unspecified}. */
    boolean stringsAreTyped() throws SQLException {
        return raw.isWrapperFor(BaseConnection.class)
                && raw.unwrap(BaseConnection.class).getStringVarcharFlag();
    }

    SessionVariableSql variable() {
        return variable;
    }

    /** What to set the session variable, or the search path, to before a statement is sent; null for nothing. */
    @Nullable
    String admit(StatementContext statement, String sql) throws SQLException {
        boolean inTransaction = inTransaction();
        try {
            String tenant = guard.admit(statement, sql, inTransaction);
            if (tenant != null) {
                cursors.refuseOthers(tenant);
            }
            variable.requireSearchPath(raw);
            return variable.valueFor(tenant);
        } catch (BoundaryException e) {
            throw reporter.violation(statement.scope(), e);
        }
    }

    /** A tenant is being bound to a statement. */
    void bound(String tenant, boolean sameRoundTrip) {
        if (variable.bindsTenant()) {
            reporter.bound(tenant, sameRoundTrip);
        }
    }

    /** A statement has been executed as a tenant. */
    void executed(String tenant, Statement statement) throws SQLException {
        if (inTransaction()) {
            cursors.executed(tenant, statement);
        }
    }

    boolean inTransaction() throws SQLException {
        return !raw.getAutoCommit();
    }

    /**
     * Sets the tenant, then calls the driver, in one transaction: the open one, or in autocommit one of its own.
     */
    <T> T afterBinding(String tenant, SqlCall<T> action) throws SQLException {
        bound(tenant, false);
        SqlCall<T> boundAction = () -> {
            variable.setLocal(raw, tenant);
            return action.call();
        };
        return inTransaction() ? boundAction.call() : inOwnTransaction(boundAction);
    }

    private <T> T inOwnTransaction(SqlCall<T> action) throws SQLException {
        raw.setAutoCommit(false);
        T result;
        try {
            result = action.call();
            raw.commit();
        } catch (Throwable e) { // whatever it is: setAutoCommit(true) would commit what was done
            rollBack(e);
            throw e;
        }
        raw.setAutoCommit(true);
        return result;
    }

    private void rollBack(Throwable cause) {
        try {
            raw.rollback();
            raw.setAutoCommit(true);
        } catch (SQLException | RuntimeException e) {
            cause.addSuppressed(e);
            abort(raw, cause);
        }
    }

    /** Closes a connection that must not be used again; an error in that is added to the cause. */
    static void abort(Connection raw, Throwable cause) {
        try {
            raw.abort(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** The transaction was committed or rolled back, and its cursors are closed. */
    void transactionEnded() {
        guard.transactionEnded();
        cursors.clear();
    }

    /** Removes what was set for the session, so that the connection may go to another tenant. */
    void giveBack() throws SQLException {
        if (!(guard instanceof CheckoutGuard) || raw.isClosed()) {
            return;
        }
        try {
            if (inTransaction()) {
                raw.rollback();
            }
            variable.setSession(raw, "");
        } catch (SQLException | RuntimeException e) {
            abort(raw, e); // the tenant is still on it
            throw e;
        }
    }
}
