package dev.boundary.tenants.internal.tables;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.Scope.UnscopedScope;
import dev.boundary.core.TenantContext;
import dev.boundary.rls.internal.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Runs work in a transaction of its own, in the scope it is for. Safe for use by several threads if the data source is.
 */
public final class ScopedTransactions {

    private final DataSource dataSource;

    /**
     * Transactions on connections of a data source.
     *
     * @param dataSource the data source
     */
    public ScopedTransactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Work on a connection.
     *
     * @param <T> what it results in
     */
    @FunctionalInterface
    public interface Work<T> {
        /**
         * Does the work.
         *
         * @param connection a connection in a transaction
         * @return the result
         * @throws SQLException if the database refuses
         */
        T on(Connection connection) throws SQLException;
    }

    /**
     * Runs work for a tenant. The tenant is bound once {@link TenantDataModel#bind} is called.
     *
     * @param <T> what it results in
     * @param scope the tenant, and its region if data sources are chosen by it
     * @param mode the transaction's mode
     * @param work the work; committed when it returns, rolled back when it throws
     * @return the result
     * @throws SQLException if the database refuses
     */
    public <T> T forTenant(TenantScope scope, TransactionMode mode, Work<T> work) throws SQLException {
        return TenantContext.where(scope).call(() -> run(mode, work, true));
    }

    /**
     * Runs work for a tenant, and rolls it back.
     *
     * @param <T> what it results in
     * @param scope the tenant, and its region if data sources are chosen by it
     * @param work the work
     * @return the result
     * @throws SQLException if the database refuses
     */
    public <T> T rolledBack(TenantScope scope, Work<T> work) throws SQLException {
        return TenantContext.where(scope).call(() -> run(TransactionMode.READ_WRITE, work, false));
    }

    /**
     * Runs work across tenants that only reads.
     *
     * @param <T> what it results in
     * @param reason why, for the audit
     * @param region where, if data sources are chosen by it
     * @param work the work
     * @return the result
     * @throws SQLException if the database refuses
     */
    public <T> T unscoped(String reason, Optional<String> region, Work<T> work) throws SQLException {
        return TenantContext.where(new UnscopedScope(reason, region))
                .call(() -> run(TransactionMode.SNAPSHOT, work, true));
    }

    private <T> T run(TransactionMode mode, Work<T> work, boolean commit) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                T result = begun(connection, mode, work);
                end(connection, commit);
                connection.setAutoCommit(autoCommit);
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollback(connection, autoCommit, e);
                throw e;
            }
        }
    }

    /**
     * By SET TRANSACTION, so that isolation level and mode are this transaction's and do not stay on the connection.
     */
    private static <T> T begun(Connection connection, TransactionMode mode, Work<T> work) throws SQLException {
        Jdbc.run(connection, "set transaction " + mode.sql());
        // A role's own limit is meant for requests; this work takes time in proportion to the rows.
        Jdbc.run(connection, "set local statement_timeout = 0");
        return work.on(connection);
    }

    private static void end(Connection connection, boolean commit) throws SQLException {
        if (commit) {
            connection.commit();
        } else {
            connection.rollback();
        }
    }

    /** Its own failure must not hide the one before. */
    private static void rollback(Connection connection, boolean autoCommit, Throwable why) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }
}
