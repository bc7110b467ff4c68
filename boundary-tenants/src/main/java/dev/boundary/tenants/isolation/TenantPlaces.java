package dev.boundary.tenants.isolation;

import dev.boundary.core.TenantKey;
import dev.boundary.core.routing.Placement.OwnDatabase;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.RoleNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Makes schemas and databases that belong to one tenant, and writes into them whose they are. Boundary does not use such a
 * place for another tenant, nor one that nobody made a tenant's.
 *
 * <p>What is made is empty: its tables, and their policies, come with {@link IsolatedMigrations}. The tenant is moved there
 * by its registered placement, last.
 *
 * <p>Immutable and safe for use by several threads and processes.
 */
public final class TenantPlaces {

    private static final String LOCK =
            "select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('boundary place', 0))";
    private static final String SCHEMA = "select 1 from pg_catalog.pg_namespace where nspname = ?";
    private static final String DATABASE = "select 1 from pg_catalog.pg_database where datname = ?";
    private static final String ROLE = "select 1 from pg_catalog.pg_roles where rolname = ?";

    /** One object that somebody has made, by its oid: what initdb and CREATE DATABASE bring is below 16384. */
    private static final String SOMETHING = """
            select c.oid::pg_catalog.regclass::text from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.oid >= 16384 and n.nspname !~ '^(pg_toast|pg_temp|boundary_isolation)' limit 1
            """;

    private static final String DUPLICATE_DATABASE = "42P04";
    private static final String UNIQUE_VIOLATION = "23505";

    private final RoleNames roles;

    /**
     * For a service.
     *
     * @param roles its roles, which are there already
     */
    public TenantPlaces(RoleNames roles) {
        this.roles = Objects.requireNonNull(roles, "roles");
    }

    /**
     * Makes a tenant's own schema beside the shared tables, in one transaction, for the application role and the admin role
     * to use. Does nothing if it is the tenant's already.
     *
     * @param owner connections of the role that owns the shared tables, to their database, in which Boundary is installed
     * @param placement the schema
     * @param tenant whose own it will be
     * @throws IsolationException if there is such a schema that is not the tenant's
     * @throws SQLException if it cannot be made; nothing was then
     */
    public void createSchema(DataSource owner, OwnSchema placement, TenantKey tenant) throws SQLException {
        inTransaction(owner, connection -> {
            Register.create(connection, roles);
            if (Jdbc.single(connection, SCHEMA, placement.schema()) == null) {
                Register.claim(connection, placement, tenant);
                Jdbc.execute(connection, "create schema " + placement.quoted());
                Jdbc.execute(connection, "revoke all on schema " + placement.quoted() + " from public");
                for (String statement : new CreateBoundaryRoles(roles, placement.schema()).apply()) {
                    Jdbc.execute(connection, statement);
                }
            } else {
                Register.requireOwner(connection, placement, tenant);
            }
        });
    }

    /**
     * Makes a tenant's own database, to which the application role and the admin role may connect and nobody else. Does
     * nothing if it is the tenant's already, and goes on where an earlier call was interrupted.
     *
     * @param server connections to any other database of the server, of a role that may create databases; not pooled by
     *     transaction
     * @param owner connections of the same role to the new database; asked for one when it is there
     * @param placement the database
     * @param tenant whose own it will be
     * @throws IsolationException if there is such a database and it is not the tenant's and not empty, if the connections
     *     lead to another, or if a role is not there
     * @throws SQLException if it cannot be made
     */
    public void createDatabase(DataSource server, DataSource owner, OwnDatabase placement, TenantKey tenant)
            throws SQLException {
        try (Connection connection = server.getConnection()) {
            connection.setAutoCommit(true); // CREATE DATABASE runs outside of transactions only
            requireRole(connection, roles.application());
            requireRole(connection, roles.admin());
            if (Jdbc.single(connection, DATABASE, placement.database()) == null) {
                create(connection, placement);
            }
        }
        inTransaction(owner, connection -> {
            String actual = Jdbc.single(connection, "select pg_catalog.current_database()::text");
            if (!placement.database().equals(actual)) {
                throw new IsolationException(
                        "The connections for " + placement + " lead to database \"" + actual + "\".");
            }
            String claimed = Register.owner(connection, placement);
            if (claimed == null) {
                requireEmpty(connection, placement);
                Register.create(connection, roles);
                close(connection, placement);
                Register.claim(connection, placement, tenant);
            } else {
                Register.requireOwner(connection, placement, tenant);
            }
        });
    }

    private static void create(Connection connection, OwnDatabase placement) throws SQLException {
        try {
            Jdbc.execute(connection, "create database " + placement.quoted());
        } catch (SQLException e) { // another process was quicker; whose it is, is found out next
            if (!DUPLICATE_DATABASE.equals(e.getSQLState()) && !UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private static void requireRole(Connection connection, String role) throws SQLException {
        if (Jdbc.single(connection, ROLE, role) == null) {
            throw new IsolationException(
                    "There is no role \"" + role + "\" on this server. Have it created: create role "
                            + Jdbc.identifier(role) + " login nosuperuser nobypassrls nocreatedb nocreaterole");
        }
    }

    private static void requireEmpty(Connection connection, OwnDatabase placement) throws SQLException {
        String something = Jdbc.single(connection, SOMETHING);
        if (something != null) {
            throw new IsolationException("There is a " + placement + " already, with " + something
                    + " in it, and nothing in it says whose own it is. Take another name, or empty it.");
        }
    }

    private void close(Connection connection, OwnDatabase placement) throws SQLException {
        Jdbc.execute(connection, "revoke all on database " + placement.quoted() + " from public");
        Jdbc.execute(
                connection,
                "grant connect, temporary on database " + placement.quoted() + " to "
                        + Jdbc.identifier(roles.application()) + ", " + Jdbc.identifier(roles.admin()));
        Jdbc.execute(connection, "revoke create on schema public from public");
    }

    private static void inTransaction(DataSource source, Action action) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Jdbc.execute(connection, LOCK);
                action.run(connection);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    /** What is done in one transaction. */
    @FunctionalInterface
    private interface Action {
        void run(Connection connection) throws SQLException;
    }
}
