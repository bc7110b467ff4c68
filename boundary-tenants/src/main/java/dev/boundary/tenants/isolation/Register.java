package dev.boundary.tenants.isolation;

import dev.boundary.core.TenantKey;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.OwnDatabase;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.core.routing.Placement.SharedTables;
import dev.boundary.rls.RoleNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Schema {@code boundary_isolation} of a database: whose own its schemas are, or it is itself, and which migrations they
 * have had.
 */
final class Register {

    /** How the row of a whole database is called, which has no schema. */
    private static final String WHOLE_DATABASE = "";

    private static final String PRESENT = "select pg_catalog.to_regclass('boundary_isolation.migration')::text";
    private static final String OWNER = "select tenant_key from boundary_isolation.place where schema_name = ?";

    /** Another role's schema of that name could say anything. */
    private static final String OTHERS = """
            select pg_catalog.pg_get_userbyid(nspowner)::text from pg_catalog.pg_namespace
            where nspname = 'boundary_isolation' and not pg_catalog.pg_has_role(current_user, nspowner, 'USAGE')
            """;

    private Register() {}

    /** How the place is called in the register. */
    static String nameOf(Placement placement) {
        return switch (placement) {
            case OwnSchema own -> own.schema();
            case OwnDatabase own -> WHOLE_DATABASE;
            case SharedTables shared ->
                throw new IllegalArgumentException("The shared tables are no tenant's own place.");
        };
    }

    /** Makes the register if it is not there, and lets the service read whose own a place is. */
    static void create(Connection connection, RoleNames roles) throws SQLException {
        String other = Jdbc.single(connection, OTHERS);
        if (other != null) {
            throw new IsolationException("Schema boundary_isolation belongs to role \"" + other
                    + "\", and the migrating role may not use it as an owner. Run this as that role, or drop the schema if it"
                    + " is not Boundary's.");
        }
        String workers = Jdbc.identifier(roles.application()) + ", " + Jdbc.identifier(roles.admin());
        for (String statement : List.of(
                "create schema if not exists boundary_isolation",
                "revoke all on schema boundary_isolation from public",
                """
                create table if not exists boundary_isolation.place (
                  schema_name text primary key,
                  tenant_key text not null,
                  created_at timestamptz not null default pg_catalog.now(),
                  created_by text not null default current_user)""",
                """
                create table if not exists boundary_isolation.migration (
                  schema_name text not null references boundary_isolation.place on delete cascade,
                  name text not null,
                  attempts integer not null default 1,
                  started_at timestamptz not null default pg_catalog.clock_timestamp(),
                  finished_at timestamptz,
                  primary key (schema_name, name))""",
                "revoke all on all tables in schema boundary_isolation from public, " + workers,
                "grant usage on schema boundary_isolation to " + workers,
                "grant select on table boundary_isolation.place to " + workers)) {
            Jdbc.execute(connection, statement);
        }
    }

    /** Whose own the place is; null if the database does not say. */
    static @Nullable String owner(Connection connection, Placement placement) throws SQLException {
        return Jdbc.single(connection, PRESENT) == null ? null : Jdbc.single(connection, OWNER, nameOf(placement));
    }

    /** The place must be this tenant's. */
    static void requireOwner(Connection connection, Placement placement, TenantKey tenant) throws SQLException {
        String owner = owner(connection, placement);
        if (owner == null) {
            throw new IsolationException(
                    "Nothing in the database says whose own " + placement + " is. Make it with TenantPlaces first.");
        }
        if (!owner.equals(tenant.asText())) {
            throw new IsolationException("In the database " + placement + " is tenant " + owner
                    + "'s own, and not tenant " + tenant + "'s. Correct the placement.");
        }
    }

    static void claim(Connection connection, Placement placement, TenantKey tenant) throws SQLException {
        Jdbc.update(
                connection,
                "insert into boundary_isolation.place (schema_name, tenant_key) values (?, ?)",
                nameOf(placement),
                tenant.asText());
    }

    static boolean isMigrated(Connection connection, Placement placement, String migration) throws SQLException {
        return Jdbc.single(
                        connection,
                        "select 1 from boundary_isolation.migration where schema_name = ? and name = ? and finished_at is"
                                + " not null",
                        nameOf(placement),
                        migration)
                != null;
    }

    static void migrationStarted(Connection connection, Placement placement, String migration) throws SQLException {
        Jdbc.update(
                connection,
                "insert into boundary_isolation.migration as m (schema_name, name) values (?, ?)"
                        + " on conflict (schema_name, name) do update set attempts = m.attempts + 1,"
                        + " started_at = pg_catalog.clock_timestamp(), finished_at = null",
                nameOf(placement),
                migration);
    }

    static void migrationFinished(Connection connection, Placement placement, String migration) throws SQLException {
        Jdbc.update(
                connection,
                "update boundary_isolation.migration set finished_at = pg_catalog.clock_timestamp() where schema_name = ?"
                        + " and name = ?",
                nameOf(placement),
                migration);
    }
}
