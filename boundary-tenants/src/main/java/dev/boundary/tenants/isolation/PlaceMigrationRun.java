package dev.boundary.tenants.isolation;

import dev.boundary.core.registry.Tenant;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.OwnDatabase;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One migration of one place.
 *
 * @param name the migration's name
 * @param tenant the tenant that the place belongs to
 * @param placement the place
 * @param repeated whether it is run also where it has been done
 * @param lockTimeout how long to wait for another run
 */
record PlaceMigrationRun(String name, Tenant tenant, Placement placement, boolean repeated, Duration lockTimeout) {

    private static final SqlFile SQL = SqlFile.of(PlaceMigrationRun.class);
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Returns false if there was nothing to do. */
    boolean run(DataSource owner, PlaceMigration migration) throws Exception {
        try (Connection connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            @Nullable Throwable failure = null;
            lock(connection);
            try {
                return runLocked(connection, migration);
            } catch (Exception | Error e) {
                failure = e;
                throw e;
            } finally {
                release(connection, failure);
            }
        }
    }

    /** The lock outlives the transactions of the migration, and ends with the connection if the process dies. */
    private void lock(Connection connection) throws SQLException {
        try {
            Jdbc.run(connection, SQL.text("lock-timeout"), Long.toString(lockTimeout.toMillis()));
            Jdbc.run(connection, SQL.text("lock"), PlaceRegistry.nameOf(placement));
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw IsolationException.locked(placement, lockTimeout);
            }
            throw e;
        }
    }

    private boolean runLocked(Connection connection, PlaceMigration migration) throws Exception {
        PlaceRegistry registry = new PlaceRegistry(connection);
        requireRightDatabase(connection);
        registry.requireOwner(placement, tenant.key());
        boolean due = repeated || !registry.isMigrated(placement, name);
        if (due) {
            registry.migrationStarted(placement, name);
            connection.commit();
            migrate(connection, migration);
            registry.migrationFinished(placement, name);
            connection.commit();
        }
        return due;
    }

    private void migrate(Connection connection, PlaceMigration migration) throws Exception {
        PlaceMigration.Place place = new PlaceMigration.Place(tenant, placement, enter(connection));
        migration.run(UnclosableConnection.of(connection), place);
        connection.setAutoCommit(false); // the migration may have changed it
    }

    private void requireRightDatabase(Connection connection) throws SQLException {
        String actual = Jdbc.value(connection, "select pg_catalog.current_database()::text");
        if (placement instanceof OwnDatabase own && !own.database().equals(actual)) {
            throw IsolationException.wrongDatabase(own, actual);
        }
    }

    /** Puts the place's schema on the search path, and returns it. */
    private String enter(Connection connection) throws SQLException {
        if (placement instanceof OwnSchema own) {
            Jdbc.run(connection, SQL.text("search-path"), own.searchPath());
            connection.commit();
        }
        String schema = Jdbc.value(connection, "select pg_catalog.current_schema()::text");
        if (schema == null
                || (placement instanceof OwnSchema own && !own.schema().equals(schema))) {
            throw IsolationException.withoutSchema(placement);
        }
        return schema;
    }

    /** Leaves a connection that may go back to a pool as it was. A failure here must not hide the one before. */
    private void release(Connection connection, @Nullable Throwable failure) throws SQLException {
        try {
            release(connection);
        } catch (SQLException e) {
            connection.abort(Runnable::run); // the lock goes with it
            if (failure == null) {
                throw e;
            }
            failure.addSuppressed(e);
        }
    }

    private void release(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        connection.setAutoCommit(true);
        Jdbc.run(connection, "reset search_path");
        Jdbc.run(connection, SQL.text("unlock"), PlaceRegistry.nameOf(placement));
    }
}
