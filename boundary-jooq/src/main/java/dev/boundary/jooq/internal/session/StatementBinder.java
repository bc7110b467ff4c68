package dev.boundary.jooq.internal.session;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.StatementRefusedException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Admits the statements of one connection, and binds the tenant to each. */
final class StatementBinder {

    /** The driver expects 250 bytes in answer to each, and synchronizes after 64,000, which ends the transaction. */
    private static final int MOST_STATEMENTS_AT_ONCE = 200;

    private final Connection raw;
    private final ConnectionGuard guard;
    private final SessionVariableSql variable;
    private final SessionReporter reporter;
    private final SessionCare care;
    private final ConnectionRules rules;
    private final OpenCursors cursors = new OpenCursors();
    private final PhysicalConnection physical;

    /** Whether an own transaction is open, which the caller does not see: for them it is autocommit. */
    private volatile boolean inOwnTransaction;

    StatementBinder(
            Connection raw,
            ConnectionGuard guard,
            SessionVariableSql variable,
            SessionCare care,
            ConnectionRules rules) {
        this.raw = raw;
        this.guard = guard;
        this.variable = variable;
        this.care = care;
        this.rules = rules;
        this.reporter = care.reporter();
        this.physical = care.physical();
    }

    /** The same for a connection whose statements outside any scope are sent with an empty tenant. */
    StatementBinder withoutScope() {
        return new StatementBinder(raw, guard, variable, care, rules.withoutScope());
    }

    ConnectionRules rules() {
        return rules;
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

    /** What a text consists of that is about to be executed or prepared. */
    SqlText text(@Nullable String sql) throws SQLException {
        SqlText text = SqlText.of(sql, physical.hasStandardStrings());
        if (text.endsTransaction()) {
            rules.refuseIfManaged("SQL that ends a transaction,");
        }
        return text;
    }

    /**
     * Whether a text is sent with the tenant, or the search path, before it. The driver may send a long one in several
     * transactions: that gets a transaction of its own instead.
     */
    boolean prefixes(SqlText text) {
        return variable.prefixes()
                && text.kind() == SqlText.Kind.ORDINARY
                && text.statements() <= MOST_STATEMENTS_AT_ONCE
                && !physical.describesAlways();
    }

    /** The same for a text that is sent at once: a transaction that has failed refuses it, and says so best itself. */
    boolean prefixesNow(SqlText text) {
        return prefixes(text) && !physical.hasFailed();
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
            variable.refuseChangeOfPath(sql, text.statements());
            String value = variable.valueFor(tenant);
            if (value != null) {
                refuseMixed(text);
            }
            care.executes(statement, sql);
            return value;
        } catch (BoundaryException e) {
            throw reporter.violation(statement.scope(), e);
        }
    }

    /** A text is about to be executed that controls transactions; it may also set defaults of the session. */
    void controls(StatementContext statement, String sql) throws SQLException {
        if (sql.toLowerCase(Locale.ROOT).contains("characteristics")) {
            care.executes(statement, sql);
        }
    }

    SessionCare care() {
        return care;
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
        if (!physical.hasFailed()) { // or the server refuses whatever comes, and says so best itself
            bound(tenant, false);
            variable.setLocal(raw, tenant);
        }
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
            try {
                T result = inOpenTransaction(tenant, action);
                end();
                return result;
            } catch (Throwable e) { // whatever it is: setAutoCommit(true) would commit what was done
                endAfter(e);
                throw e;
            }
        } finally {
            inOwnTransaction = false;
        }
    }

    private void end() throws SQLException {
        raw.commit();
        raw.setAutoCommit(true);
    }

    /** The driver also fails about what was executed: rows where none were expected. In autocommit that stays. */
    private void endAfter(Throwable cause) {
        if (cause instanceof SQLException && !(cause instanceof BatchUpdateException) && physical.isOpen()) {
            try {
                end();
                return;
            } catch (SQLException | RuntimeException e) {
                cause.addSuppressed(e);
            }
        }
        rollBack(cause);
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
            tellPool(raw);
        } catch (SQLException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** A pool notices that a connection is closed when a call fails; otherwise it may give it out once more. */
    private static void tellPool(Connection raw) {
        try {
            raw.createStatement().close();
        } catch (SQLException _) {
            // that is what it is for
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
                if (!care.isClean()) {
                    abort(raw, new LeftoversException());
                }
                return true;
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
