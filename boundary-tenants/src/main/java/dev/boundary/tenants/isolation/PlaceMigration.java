package dev.boundary.tenants.isolation;

import dev.boundary.core.registry.Tenant;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.OwnDatabase;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.tenants.isolation.IsolatedMigrations.Migration;
import dev.boundary.tenants.isolation.IsolatedMigrations.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One migration of one place.
 *
 * @param name what the migration is called
 * @param tenant whose own the place is
 * @param placement the place
 * @param again whether it is run also where it has been done
 * @param lockTimeout how long to wait for another run
 */
record PlaceMigration(String name, Tenant tenant, Placement placement, boolean again, Duration lockTimeout) {

    private static final String KEY = "pg_catalog.hashtextextended('boundary migration of ' || ?, 0)";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /**
     * Runs it.
     *
     * @return false if there was nothing to do
     */
    boolean run(DataSource owner, Migration migration) throws Exception {
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
            Jdbc.single(
                    connection,
                    "select pg_catalog.set_config('lock_timeout', ?, true)",
                    Long.toString(lockTimeout.toMillis()));
            Jdbc.single(
                    connection, "select pg_catalog.pg_advisory_lock(" + KEY + ")::text", Register.nameOf(placement));
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw new IsolationException("Another run has been migrating " + placement + " for more than "
                        + lockTimeout + ". Wait for its end and run this again.");
            }
            throw e;
        }
    }

    private boolean runLocked(Connection connection, Migration migration) throws Exception {
        requireRightDatabase(connection);
        Register.requireOwner(connection, placement, tenant.key());
        if (!again && Register.isMigrated(connection, placement, name)) {
            return false;
        }
        Register.migrationStarted(connection, placement, name);
        connection.commit();
        migration.run(Unclosable.of(connection), new Place(tenant, placement, enter(connection)));
        connection.setAutoCommit(false); // the migration may have changed it
        Register.migrationFinished(connection, placement, name);
        connection.commit();
        return true;
    }

    private void requireRightDatabase(Connection connection) throws SQLException {
        String actual = Jdbc.single(connection, "select pg_catalog.current_database()::text");
        if (placement instanceof OwnDatabase own && !own.database().equals(actual)) {
            throw new IsolationException("The connections for " + own + " lead to database \"" + actual + "\".");
        }
    }

    /** Puts the place's schema on the search path, and says which it is. */
    private String enter(Connection connection) throws SQLException {
        if (placement instanceof OwnSchema own) {
            Jdbc.single(connection, "select pg_catalog.set_config('search_path', ?, false)", own.searchPath());
            connection.commit();
        }
        String schema = Jdbc.single(connection, "select pg_catalog.current_schema()::text");
        if (schema == null
                || (placement instanceof OwnSchema own && !own.schema().equals(schema))) {
            throw new IsolationException("The search path of the connection does not lead to a schema of " + placement
                    + " that is there. Look whether it was dropped.");
        }
        return schema;
    }

    /** Leaves a connection that may go back to a pool as it was. A failure here must not hide the one before. */
    private void release(Connection connection, @Nullable Throwable failure) throws SQLException {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
            Jdbc.execute(connection, "reset search_path");
            Jdbc.single(
                    connection, "select pg_catalog.pg_advisory_unlock(" + KEY + ")::text", Register.nameOf(placement));
        } catch (SQLException e) {
            connection.abort(Runnable::run); // the lock goes with it
            if (failure == null) {
                throw e;
            }
            failure.addSuppressed(e);
        }
    }
}
