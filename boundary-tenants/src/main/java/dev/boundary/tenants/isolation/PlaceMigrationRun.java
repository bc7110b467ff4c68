package dev.boundary.tenants.isolation;

import dev.boundary.core.registry.Tenant;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.OwnDatabase;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
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
        try (PlaceConnection place = new PlaceConnection(owner.getConnection())) {
            Connection connection = place.connection();
            connection.setAutoCommit(false);
            ConnectionState before = ConnectionState.of(connection);
            @Nullable Throwable failure = null;
            lock(connection);
            try {
                return runLocked(connection, before, migration);
            } catch (Exception | Error e) {
                failure = e;
                throw e;
            } finally {
                release(place, before, failure);
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

    private boolean runLocked(Connection connection, ConnectionState before, PlaceMigration migration)
            throws Exception {
        PlaceRegistry registry = new PlaceRegistry(connection);
        requireRightDatabase(connection);
        registry.requireOwner(placement, tenant.key());
        boolean due = repeated || !registry.isMigrated(placement, name);
        if (due) {
            boolean interrupted = registry.isInterrupted(placement);
            registry.migrationStarted(placement, name);
            connection.commit();
            migrate(connection, migration, interrupted);
            before.restore(connection);
            registry.migrationFinished(placement, name);
            connection.commit();
        }
        return due;
    }

    private void migrate(Connection connection, PlaceMigration migration, boolean interrupted) throws Exception {
        String schema = enter(connection);
        if (interrupted) {
            releaseLiquibase(connection, schema);
        }
        PlaceMigration.Place place = new PlaceMigration.Place(tenant, placement, schema);
        migration.run(UnclosableConnection.of(connection), place);
        connection.setAutoCommit(false); // the migration may have changed it
    }

    /**
     * A run that was killed leaves Liquibase's lock, which is a row, and the next would wait for nobody. Whoever had it
     * is gone: this run holds the advisory lock of the place.
     */
    private static void releaseLiquibase(Connection connection, String schema) throws SQLException {
        String table = Quoting.identifier(schema) + ".databasechangeloglock";
        if (Jdbc.value(connection, "select pg_catalog.to_regclass(?)::text", table) != null) {
            Jdbc.run(
                    connection,
                    SQL.template("release-liquibase")
                            .identifier("schema", schema)
                            .fill());
            connection.commit();
        }
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
    private void release(PlaceConnection place, ConnectionState before, @Nullable Throwable failure)
            throws SQLException {
        try {
            if (!release(place.connection(), before)) {
                place.abort(); // its pool makes another, in its own way
            }
        } catch (SQLException e) {
            place.abort(); // the lock goes with it
            if (failure == null) {
                throw e;
            }
            failure.addSuppressed(e);
        }
    }

    private boolean release(Connection connection, ConnectionState before) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        connection.setAutoCommit(true);
        Jdbc.run(connection, "reset all"); // a time-out, say
        Jdbc.run(connection, SQL.text("unlock"), PlaceRegistry.nameOf(placement));
        return before.leave(connection);
    }
}
