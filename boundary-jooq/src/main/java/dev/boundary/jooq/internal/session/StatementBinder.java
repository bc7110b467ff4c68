package dev.boundary.jooq.internal.session;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.StatementRefusedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Admits the statements of one connection, and binds the tenant to each. */
final class StatementBinder {

    /** The driver expects 250 bytes in answer to each, and synchronizes after 64,000, which ends the transaction. */
    private static final int MOST_STATEMENTS_AT_ONCE = 200;

    private final Connection raw;
    private final ConnectionGuard guard;
    private final SessionVariableSql variable;
    private final SessionReporter reporter;
    private final OpenCursors cursors = new OpenCursors();
    private final PhysicalConnection physical;

    /** Whether an own transaction is open, which the caller does not see: for him it is autocommit. */
    private volatile boolean inOwnTransaction;

    StatementBinder(Connection raw, ConnectionGuard guard, SessionVariableSql variable, SessionReporter reporter)
            throws SQLException {
        this.raw = raw;
        this.physical = PhysicalConnection.of(raw);
        this.guard = guard;
        this.variable = variable;
        this.reporter = reporter;
    }

    boolean isAdmin() {
        return guard instanceof AdminGuard;
    }

    PhysicalConnection physical() {
        return physical;
    }

    /** Runs something that no other thread's statement may come between. */
    <T> T exclusively(SqlCall<T> call) throws SQLException {
        return physical.exclusively(call);
    }

    /** What a text consists of. */
    SqlText text(@Nullable String sql) throws SQLException {
        return SqlText.of(sql, physical.hasStandardStrings());
    }

    /**
     * Whether a text is sent with the tenant, or the search path, before it. The driver may send a long one in several transactions: that
     * gets a transaction of its own instead.
     */
    boolean prefixes(SqlText text) {
        return variable.prefixes()
                && text.kind() == SqlText.Kind.ORDINARY
                && text.statements() <= MOST_STATEMENTS_AT_ONCE
                && !physical.describesAlways();
    }

    boolean isInOwnTransaction() {
        return inOwnTransaction;
    }

    SessionVariableSql variable() {
        return variable;
    }

    /** What to set the session variable, or the search path, to before a statement is sent; null for nothing. */
    @Nullable
    String admit(StatementContext statement, SqlText text, String sql) throws SQLException {
        boolean inTransaction = inTransaction();
        if (physical.isIdle()) {
            transactionEnded(); // by whatever means
        }
        try {
            String tenant = guard.admit(statement, sql, inTransaction);
            if (tenant != null) {
                cursors.refuseOthers(tenant);
            }
            variable.requireSearchPath(raw);
            String value = variable.valueFor(tenant);
            if (value != null) {
                refuseMixed(text);
            }
            return value;
        } catch (BoundaryException e) {
            throw reporter.violation(statement.scope(), e);
        }
    }

    private static void refuseMixed(SqlText text) {
        if (text.isMixed()) {
            throw new StatementRefusedException(
                    "a text that begins or ends a transaction and has other statements",
                    "The tenant is set in a transaction, and would be gone where the text ends it.",
                    "Send BEGIN, COMMIT, ROLLBACK, SAVEPOINT and SET TRANSACTION each on its own, or use the methods of"
                            + " the connection.");
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

    /** Whether a statement is part of a transaction that somebody has to end; the server decides. */
    boolean inTransaction() throws SQLException {
        return physical.inTransaction();
    }

    /** Sets the tenant, then calls the driver, in the open transaction. */
    <T> T inOpenTransaction(String tenant, SqlCall<T> action) throws SQLException {
        bound(tenant, false);
        variable.setLocal(raw, tenant);
        return action.call();
    }

    /**
     * Sets the tenant, then calls the driver, in a transaction of its own.
     *
     * @param repeatable whether the action may be called again if the driver would send it again
     */
    <T> T inOwnTransaction(String tenant, boolean repeatable, SqlCall<T> action) throws SQLException {
        try {
            return attempt(tenant, action);
        } catch (SQLException e) {
            if (!repeatable || !physical.healsOnRetry(e)) {
                throw e;
            }
            return attempt(tenant, action);
        }
    }

    private <T> T attempt(String tenant, SqlCall<T> action) throws SQLException {
        inOwnTransaction = true;
        try {
            raw.setAutoCommit(false);
            T result;
            try {
                result = inOpenTransaction(tenant, action);
                raw.commit();
            } catch (Throwable e) { // whatever it is: setAutoCommit(true) would commit what was done
                rollBack(e);
                throw e;
            }
            raw.setAutoCommit(true);
            return result;
        } finally {
            inOwnTransaction = false;
        }
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
        if (raw.isClosed()) {
            return;
        }
        try {
            exclusively(() -> {
                endTransactionOfSql();
                removeFromSession();
                return null;
            });
        } catch (SQLException | RuntimeException e) {
            abort(raw, e); // what was set, or begun, is still on it
            throw e;
        }
    }

    /** No pool ends what was begun by SQL: for the driver it is autocommit. */
    private void endTransactionOfSql() throws SQLException {
        if (physical.isBegunBySql()) {
            physical.rollBackBySql();
            transactionEnded();
        }
    }

    private void removeFromSession() throws SQLException {
        if (guard instanceof CheckoutGuard) {
            if (inTransaction()) {
                raw.rollback();
            }
            variable.setSession(raw, "");
        }
    }
}
