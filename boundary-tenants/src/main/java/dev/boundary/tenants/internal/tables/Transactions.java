package dev.boundary.tenants.internal.tables;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantScope;
import dev.boundary.core.UnscopedScope;
import dev.boundary.rls.internal.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Runs work in a transaction of its own, in the scope it is for. */
public final class Transactions {

    /** Reads and writes. */
    public static final String READ_WRITE = "isolation level read committed";

    /** Reads one state of the database, whatever others do meanwhile. */
    public static final String SNAPSHOT = "isolation level repeatable read read only";

    private Transactions() {}

    /**
     * Work on a connection.
     *
     * @param <T> what it results in
     */
    @FunctionalInterface
    public interface Work<T> {
        /**
         * Does it.
         *
         * @param connection a connection in a transaction
         * @return the result
         * @throws SQLException if the database refuses
         */
        T on(Connection connection) throws SQLException;
    }

    /**
     * Runs work for a tenant. The tenant is bound once {@link TenantTables#bind} is called.
     *
     * @param <T> what it results in
     * @param dataSource whose connections are used
     * @param scope the tenant, and its region if data sources are chosen by it
     * @param mode {@link #READ_WRITE} or {@link #SNAPSHOT}
     * @param work the work; committed when it returns, rolled back when it throws
     * @return the result
     * @throws SQLException if the database refuses
     */
    public static <T> T forTenant(DataSource dataSource, TenantScope scope, String mode, Work<T> work)
            throws SQLException {
        return TenantContext.where(scope).call(() -> run(dataSource, mode, work, true));
    }

    /**
     * Runs work for a tenant, and takes back what it did.
     *
     * @param <T> what it results in
     * @param dataSource whose connections are used
     * @param scope the tenant, and its region if data sources are chosen by it
     * @param work the work; rolled back when it returns
     * @return the result
     * @throws SQLException if the database refuses
     */
    public static <T> T forTenantAndBack(DataSource dataSource, TenantScope scope, Work<T> work) throws SQLException {
        return TenantContext.where(scope).call(() -> run(dataSource, READ_WRITE, work, false));
    }

    /**
     * Runs work across tenants that only reads.
     *
     * @param <T> what it results in
     * @param dataSource connections of the admin role
     * @param reason why, for the audit
     * @param region where, if data sources are chosen by it
     * @param work the work
     * @return the result
     * @throws SQLException if the database refuses
     */
    public static <T> T unscoped(DataSource dataSource, String reason, Optional<String> region, Work<T> work)
            throws SQLException {
        return TenantContext.where(new UnscopedScope(reason, region)).call(() -> run(dataSource, SNAPSHOT, work, true));
    }

    /** By SET TRANSACTION, so that isolation level and mode are this transaction's and do not stay on the connection. */
    private static <T> T run(DataSource dataSource, String mode, Work<T> work, boolean keep) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                Jdbc.run(connection, "set transaction " + mode);
                // A role's own limit is meant for requests; this work takes as long as the rows are many.
                Jdbc.run(connection, "set local statement_timeout = 0");
                T result = work.on(connection);
                if (keep) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
                connection.setAutoCommit(autoCommit);
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollback(connection, autoCommit, e);
                throw e;
            }
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
