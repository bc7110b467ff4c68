package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope.TenantScope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * The tenant of the transaction on one physical connection. A transaction that somebody else manages outlasts the
 * connections that are borrowed for its statements, and ends without a call to them. So the tenant is kept with the
 * physical connection, and the driver knows whether the transaction is still open. Safe for use by several threads.
 */
final class PhysicalTransaction {

    /** Weak, so that a closed connection can be collected; a value must not refer to its key. */
    private static final Map<Connection, PhysicalTransaction> ALL = Collections.synchronizedMap(new WeakHashMap<>());

    private @Nullable TenantScope tenant;

    private PhysicalTransaction() {}

    /** The transactions of the physical connection beneath one that may be wrapped. */
    static PhysicalTransaction on(Connection connection) throws SQLException {
        BaseConnection physical = physical(connection);
        return ALL.computeIfAbsent(physical == null ? connection : physical, _ -> new PhysicalTransaction());
    }

    /** Whether statements on the connection are part of a transaction that goes on, whoever began it. */
    static boolean isOpen(Connection connection) throws SQLException {
        return !connection.getAutoCommit() || isBegun(connection);
    }

    /** Whether the server has begun a transaction on the connection. */
    static boolean isBegun(Connection connection) throws SQLException {
        BaseConnection physical = physical(connection);
        return physical != null && physical.getTransactionState() != TransactionState.IDLE;
    }

    /**
     * Joins the open transaction, or the one that the next statement begins.
     *
     * @return the tenant to whom the transaction belongs, if that is another
     */
    synchronized @Nullable TenantScope join(TenantScope scope, Connection connection, SessionVariableSql variable)
            throws SQLException {
        TenantScope first = tenant;
        if (first == null || first.tenant().equals(scope.tenant()) || hasEnded(connection, variable)) {
            tenant = scope;
            return null;
        }
        return first;
    }

    /** Whether the tenant's transaction has ended; one that began outside Boundary may be open instead. */
    private static boolean hasEnded(Connection connection, SessionVariableSql variable) throws SQLException {
        return switch (state(connection)) {
            case IDLE -> true;
            case OPEN ->
                variable.isTransactionLocal() && variable.get(connection).isEmpty();
            case FAILED -> false;
        };
    }

    private static TransactionState state(Connection connection) throws SQLException {
        BaseConnection physical = physical(connection);
        return physical == null ? TransactionState.OPEN : physical.getTransactionState();
    }

    private static @Nullable BaseConnection physical(Connection connection) throws SQLException {
        return connection.isWrapperFor(BaseConnection.class) ? connection.unwrap(BaseConnection.class) : null;
    }

    synchronized void end() {
        tenant = null;
    }
}
