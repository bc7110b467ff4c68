package dev.boundary.registry;

import dev.boundary.core.internal.PlacementLookup;
import dev.boundary.registry.internal.TenantReader;
import dev.boundary.registry.internal.TenantWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a registry. Each goes back to its pool without an open transaction.
 *
 * @param application connections of the application role, for look-ups
 * @param admin connections of the admin role, for changes; null if the registry is only read
 */
record RegistryConnections(DataSource application, @Nullable DataSource admin) {

    /** The driver's data source, which opens a connection each time. By its name, so that naming services are not needed. */
    private static final String WITHOUT_POOL = "org.postgresql.ds.PGSimpleDataSource";

    /** Work on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Looks something up. */
    @FunctionalInterface
    interface Lookup<T> {
        T in(TenantReader tenants) throws SQLException;
    }

    /** Looks something up as the application role. */
    <T> T read(String what, Lookup<T> lookup) {
        if (!application.getClass().getName().equals(WITHOUT_POOL)) {
            PlacementLookup.requireOther(application);
        }
        Work<T> work = connection -> lookup.in(new TenantReader(connection));
        try (Connection connection = application.getConnection()) {
            return connection.getAutoCommit() ? work.on(connection) : thenRolledBack(connection, work);
        } catch (SQLException e) {
            throw TenantReader.failed(what, e);
        }
    }

    /** Runs work in a transaction and commits it. */
    <T> T write(Function<TenantWriter, T> work) {
        return asAdmin("Changing the registry", connection -> {
            T result = work.apply(TenantWriter.on(connection));
            connection.commit();
            return result;
        });
    }

    /** Runs work in a transaction, which is rolled back unless the work commits it. */
    <T> T asAdmin(String what, Work<T> work) {
        try (Connection connection = requireAdmin().getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            T result = thenRolledBack(connection, work);
            connection.setAutoCommit(autoCommit);
            return result;
        } catch (SQLException e) {
            throw TenantReader.failed(what, e);
        }
    }

    private DataSource requireAdmin() {
        if (admin == null) {
            throw new IllegalStateException(
                    "This registry is only read. To write, create it with JdbcTenantRegistry.of(application, admin),"
                            + " with connections of the admin role.");
        }
        return admin;
    }

    /** Rolls back what the work has not committed: a pool that does not clean up would hand it to the next borrower. */
    private static <T> T thenRolledBack(Connection connection, Work<T> work) throws SQLException {
        T result;
        try {
            result = work.on(connection);
        } catch (SQLException | RuntimeException e) {
            rollBack(connection, e);
            throw e;
        }
        connection.rollback();
        return result;
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
