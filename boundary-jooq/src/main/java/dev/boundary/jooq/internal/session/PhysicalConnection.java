package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope.TenantScope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PreferQueryMode;
import org.postgresql.util.PSQLException;

/**
 * The driver's connection beneath a connection that may be wrapped several times, or be bound by several threads at
 * once. It knows the state of the server's transaction, whoever began it and by whatever means, and lets one thread at
 * a time bind a tenant and execute a statement.
 */
final class PhysicalConnection {

    /** Weak, so that a closed connection can be collected; a value must not refer to its key. */
    private static final Map<Connection, SharedState> STATES = Collections.synchronizedMap(new WeakHashMap<>());

    private final Connection raw;
    private final @Nullable BaseConnection driver;
    private final SharedState state;

    /** Whether the open transaction was begun by SQL that went through this object. */
    private boolean begunBySql;

    private PhysicalConnection(Connection raw, @Nullable BaseConnection driver) {
        this.raw = raw;
        this.driver = driver;
        this.state = STATES.computeIfAbsent(driver == null ? raw : driver, _ -> new SharedState());
    }

    /**
     * What all objects for one physical connection share. A transaction that somebody else manages outlasts the
     * connections that are borrowed for its statements, and so does the tenant to whom it belongs.
     */
    private static final class SharedState {
        private final ReentrantLock lock = new ReentrantLock();
        private final SessionLeftovers leftovers = new SessionLeftovers();
        private @Nullable TenantScope tenant;

        /** Whether a statement of no tenant was part of the transaction, so that an empty tenant proves nothing. */
        private boolean boundToNone;
    }

    static PhysicalConnection of(Connection raw) throws SQLException {
        return new PhysicalConnection(raw, driver(raw));
    }

    private static @Nullable BaseConnection driver(Connection raw) throws SQLException {
        if (raw.isWrapperFor(DriverBacked.class)) {
            return raw.unwrap(DriverBacked.class).driver();
        }
        return raw.isWrapperFor(BaseConnection.class) ? raw.unwrap(BaseConnection.class) : null;
    }

    /** The driver's connection; null if it is not PostgreSQL's. */
    @Nullable
    BaseConnection driver() {
        return driver;
    }

    /** What statements left on the session. */
    SessionLeftovers leftovers() {
        return state.leftovers;
    }

    /** Runs something that no other thread's statement may come between. */
    <T> T exclusively(SqlCall<T> call) throws SQLException {
        state.lock.lock();
        try {
            boolean maybeBegins = isIdleInAutocommit();
            try {
                return call.call();
            } finally {
                begunBySql = !isIdle() && (begunBySql || (maybeBegins && !raw.isClosed() && raw.getAutoCommit()));
            }
        } finally {
            state.lock.unlock();
        }
    }

    /** Whether what runs exclusively was sent by another wrapper of the connection, with its prefix. */
    boolean isSentByWrapper() {
        return state.lock.getHoldCount() > 1;
    }

    /**
     * Joins the open transaction, or the one that the next statement begins. Called by the thread that has the
     * connection to itself.
     *
     * @return the tenant to whom the transaction belongs, if that is another
     */
    @Nullable
    TenantScope join(TenantScope scope, SessionVariableSql variable) throws SQLException {
        TenantScope first = state.tenant;
        if (first == null || first.tenant().equals(scope.tenant()) || hasEnded(variable)) {
            state.tenant = scope;
            return null;
        }
        return first;
    }

    /**
     * Whether the tenant's transaction has ended. One that began outside Boundary may be open instead: then no tenant
     * is set in it, unless a statement could have removed the tenant.
     */
    private boolean hasEnded(SessionVariableSql variable) throws SQLException {
        return isIdle()
                || (driver != null
                        && !hasFailed()
                        && !state.boundToNone
                        && !state.leftovers.isSuspected()
                        && variable.bindsTenant()
                        && variable.isTransactionLocal()
                        && variable.get(driver).isEmpty());
    }

    /** The next transaction may belong to another tenant. */
    void endTransaction() {
        state.tenant = null;
        state.boundToNone = false;
    }

    /** A statement outside any scope becomes part of the transaction, and binds an empty tenant. */
    void joinWithoutTenant() {
        state.boundToNone = true;
    }

    /** Whether the server has begun a transaction, whoever asked for it; false if the driver does not tell. */
    boolean hasBegun() {
        return driver != null && !isIdle();
    }

    /** Whether the server has no open transaction; false if the driver is another and does not tell. */
    boolean isIdle() {
        return driver != null && driver.getTransactionState() == TransactionState.IDLE;
    }

    /** Whether the server has an open transaction that accepts statements. */
    boolean isOpen() {
        return driver != null && driver.getTransactionState() == TransactionState.OPEN;
    }

    /** Whether the server has an open transaction that accepts no statement before it is rolled back. */
    boolean hasFailed() {
        return driver != null && driver.getTransactionState() == TransactionState.FAILED;
    }

    /** Whether the next statement is part of a transaction that somebody has to end. */
    boolean inTransaction() throws SQLException {
        return !raw.getAutoCommit() || hasBegun();
    }

    /** Whether SQL that went through this object began a transaction that is still open, so that no pool ends it. */
    boolean isBegunBySql() {
        return begunBySql && !isIdle();
    }

    /** Ends a transaction that was begun by SQL. */
    void rollBackBySql() throws SQLException {
        if (driver != null) {
            driver.execSQLUpdate("rollback");
        }
        begunBySql = false;
    }

    private boolean isIdleInAutocommit() throws SQLException {
        return isIdle() && !raw.isClosed() && raw.getAutoCommit();
    }

    /**
     * Whether a statement that failed would succeed if it was sent again, for the driver then prepares it anew, and
     * nothing was done by it.
     */
    boolean healsOnRetry(SQLException e) {
        return driver != null && !hasFailed() && driver.getQueryExecutor().willHealOnRetry(e);
    }

    /** Whether {@code setString} gives its parameter a type: not with {@code stringtype=unspecified}. */
    boolean stringsAreTyped() {
        return driver != null && driver.getStringVarcharFlag();
    }

    /** Whether backslashes in plain strings are read as they are written. */
    boolean hasStandardStrings() {
        return driver == null || driver.getStandardConformingStrings();
    }

    /** Whether the driver describes each statement before it executes it, and so sends a prefix on its own. */
    boolean describesAlways() {
        return driver != null && driver.getPrepareThreshold() < 0;
    }

    /** An error about a static text that was sent with a prefix, as it is without. */
    SQLException ownError(PSQLException error, String prefix, String sql) {
        if (driver == null) {
            return error;
        }
        if (error.getServerErrorMessage() == null) {
            return unreadable(driver, sql, error);
        }
        // The others send prefix and text as statements of their own.
        return driver.getPreferQueryMode() == PreferQueryMode.EXTENDED_FOR_PREPARED
                ? ErrorPosition.withoutPrefix(error, prefix, driver.getLogServerErrorDetail())
                : error;
    }

    /** The driver's parser counts from the prefix, too. */
    private static SQLException unreadable(BaseConnection driver, String sql, PSQLException error) {
        try {
            driver.createQuery(sql, true, false);
            return error;
        } catch (SQLException own) {
            return own;
        }
    }
}
