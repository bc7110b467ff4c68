package dev.boundary.tenants.isolation;

import dev.boundary.core.TenantKey;
import dev.boundary.core.routing.Placement.OwnDatabase;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Creates schemas and databases that belong to one tenant, and records in them which. Boundary does not use such a
 * place for another tenant, nor one that was not created here.
 *
 * <p>A new place is empty: its tables, and their policies, come with {@link IsolatedMigrations}. Its registered
 * placement moves the tenant there, last.
 *
 * <p>Immutable and safe for use by several threads and processes.
 *
 * @since 0.1
 */
public final class TenantPlaces {

    private static final SqlFile SQL = SqlFile.of(TenantPlaces.class);

    private static final String DUPLICATE_DATABASE = "42P04";
    private static final String UNIQUE_VIOLATION = "23505";

    private final RoleNames roles;

    /**
     * Places for a service.
     *
     * @param roles its roles, which must exist
     */
    public TenantPlaces(RoleNames roles) {
        this.roles = Objects.requireNonNull(roles, "roles");
    }

    /**
     * Creates a tenant's own schema beside the shared tables, in one transaction, for the application role and the
     * admin role to use. Does nothing if the schema belongs to the tenant already.
     *
     * @param owner connections of the role that owns the shared tables, to their database, in which Boundary is
     *     installed
     * @param placement the schema
     * @param tenant the tenant it will belong to
     * @throws IsolationException if there is a schema of that name that does not belong to the tenant, or a role of
     *     that name
     * @throws SQLException if it cannot be created; then nothing was
     */
    public void createSchema(DataSource owner, OwnSchema placement, TenantKey tenant) throws SQLException {
        inTransaction(owner, connection -> {
            PlaceRegistry registry = new PlaceRegistry(connection);
            registry.create(roles);
            if (Jdbc.value(connection, SQL.text("schema"), placement.schema()) == null) {
                requireNoRole(connection, placement);
                registry.claim(placement, tenant);
                createSchema(connection, placement);
            } else {
                registry.requireOwner(placement, tenant);
            }
        });
    }

    /** In a search path {@code "$user"} is the schema with the role's name: all of its tenants would be there. */
    private static void requireNoRole(Connection connection, OwnSchema placement) throws SQLException {
        if (Jdbc.value(connection, SQL.text("role"), placement.schema()) != null) {
            throw IsolationException.nameOfRole(placement);
        }
    }

    private void createSchema(Connection connection, OwnSchema placement) throws SQLException {
        Jdbc.run(connection, "create schema " + placement.quoted());
        Jdbc.run(connection, "revoke all on schema " + placement.quoted() + " from public");
        for (String statement : new CreateBoundaryRoles(roles, placement.schema()).apply()) {
            Jdbc.run(connection, statement);
        }
    }

    /**
     * Creates a tenant's own database, to which only the application role and the admin role may connect. Does nothing
     * if the database belongs to the tenant already, and continues where an earlier call was interrupted.
     *
     * @param server connections to any other database of the server, of a role that may create databases; not pooled by
     *     transaction
     * @param owner connections of the same role to the new database; the first is opened when the database exists
     * @param placement the database
     * @param tenant the tenant it will belong to
     * @throws IsolationException if there is a database of that name that neither belongs to the tenant nor is empty,
     *     if the connections lead to another, or if a role does not exist
     * @throws SQLException if it cannot be created
     */
    public void createDatabase(DataSource server, DataSource owner, OwnDatabase placement, TenantKey tenant)
            throws SQLException {
        createDatabase(server, placement);
        inTransaction(owner, connection -> {
            requireDatabase(connection, placement);
            claimDatabase(connection, placement, tenant);
        });
    }

    private void createDatabase(DataSource server, OwnDatabase placement) throws SQLException {
        try (Connection connection = server.getConnection()) {
            connection.setAutoCommit(true); // CREATE DATABASE cannot run in a transaction
            requireRole(connection, roles.application());
            requireRole(connection, roles.admin());
            if (Jdbc.value(connection, SQL.text("database"), placement.database()) == null) {
                create(connection, placement);
            }
        }
    }

    private static void requireDatabase(Connection connection, OwnDatabase placement) throws SQLException {
        String actual = Jdbc.value(connection, "select pg_catalog.current_database()::text");
        if (!placement.database().equals(actual)) {
            throw IsolationException.wrongDatabase(placement, actual);
        }
    }

    private void claimDatabase(Connection connection, OwnDatabase placement, TenantKey tenant) throws SQLException {
        PlaceRegistry registry = new PlaceRegistry(connection);
        if (registry.owner(placement) == null) {
            requireEmpty(connection, placement);
            registry.create(roles);
            close(connection, placement);
            registry.claim(placement, tenant);
        } else {
            registry.requireOwner(placement, tenant);
        }
    }

    private static void create(Connection connection, OwnDatabase placement) throws SQLException {
        try {
            Jdbc.run(connection, "create database " + placement.quoted());
        } catch (SQLException e) { // another process was faster; which tenant it is for is checked next
            if (!DUPLICATE_DATABASE.equals(e.getSQLState()) && !UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private static void requireRole(Connection connection, String role) throws SQLException {
        if (Jdbc.value(connection, SQL.text("role"), role) == null) {
            throw IsolationException.withoutRole(role);
        }
    }

    private static void requireEmpty(Connection connection, OwnDatabase placement) throws SQLException {
        String relation = Jdbc.value(connection, SQL.text("some-relation"));
        if (relation != null) {
            throw IsolationException.occupied(placement, relation);
        }
    }

    private void close(Connection connection, OwnDatabase placement) throws SQLException {
        Jdbc.run(connection, "revoke all on database " + placement.quoted() + " from public");
        Jdbc.run(
                connection,
                "grant connect, temporary on database " + placement.quoted() + " to "
                        + Quoting.identifiers(List.of(roles.application(), roles.admin())));
        Jdbc.run(connection, "revoke create on schema public from public");
    }

    private static void inTransaction(DataSource source, Action action) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                runLocked(connection, action);
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void runLocked(Connection connection, Action action) throws SQLException {
        try {
            Jdbc.run(connection, SQL.text("lock"));
            action.run(connection);
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    /** What is done in one transaction. */
    @FunctionalInterface
    private interface Action {
        void run(Connection connection) throws SQLException;
    }
}
