package dev.boundary.tenants.isolation;

import dev.boundary.core.TenantKey;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.OwnDatabase;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.core.routing.Placement.SharedTables;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Schema {@code boundary_isolation} of a database: which tenant each of its own schemas, or the whole database, belongs
 * to, and which migrations they have had.
 */
final class PlaceRegistry {

    private static final SqlFile SQL = SqlFile.of(PlaceRegistry.class);

    /** The name of a whole database, which has no schema. */
    private static final String WHOLE_DATABASE = "";

    private final Connection connection;

    PlaceRegistry(Connection connection) {
        this.connection = connection;
    }

    /** The place's name in the registry. */
    static String nameOf(Placement placement) {
        return switch (placement) {
            case OwnSchema own -> own.schema();
            case OwnDatabase own -> WHOLE_DATABASE;
            case SharedTables shared ->
                throw new IllegalArgumentException("The shared tables are not a tenant's own place.");
        };
    }

    /** Creates the registry if it is missing, and lets the service read whom a place belongs to. */
    void create(RoleNames roles) throws SQLException {
        requireOwnSchema();
        for (String name : List.of("create-schema", "revoke-schema", "create-place", "create-migration")) {
            Jdbc.run(connection, SQL.text(name));
        }
        List<String> workers = List.of(roles.application(), roles.admin());
        for (String name : List.of("revoke-tables", "grant-schema", "grant-place")) {
            Jdbc.run(
                    connection,
                    SQL.template(name).identifiers("workers", workers).fill());
        }
    }

    /** A schema of that name that belongs to another role could say anything. */
    private void requireOwnSchema() throws SQLException {
        String other = Jdbc.value(connection, SQL.text("other-owner"));
        if (other != null) {
            throw new IsolationException("Schema boundary_isolation belongs to role \"" + other
                    + "\", of which the migrating role is not a member. Run this as that role, or drop the schema if"
                    + " it is not Boundary's.");
        }
    }

    /** The tenant that the place belongs to; null if the database does not say. */
    @Nullable
    String owner(Placement placement) throws SQLException {
        return Jdbc.value(connection, SQL.text("exists")) == null
                ? null
                : Jdbc.value(connection, SQL.text("owner"), nameOf(placement));
    }

    /** Requires that the place belongs to this tenant. */
    void requireOwner(Placement placement, TenantKey tenant) throws SQLException {
        String owner = owner(placement);
        if (owner == null) {
            throw IsolationException.withoutOwner(placement);
        }
        if (!owner.equals(tenant.asText())) {
            throw IsolationException.ofAnother(placement, owner, tenant);
        }
    }

    void claim(Placement placement, TenantKey tenant) throws SQLException {
        Jdbc.run(connection, SQL.text("claim"), nameOf(placement), tenant.asText());
    }

    boolean isMigrated(Placement placement, String migration) throws SQLException {
        return Jdbc.value(connection, SQL.text("finished"), nameOf(placement), migration) != null;
    }

    /** Whether a migration of the place, whichever it was, began and did not end. */
    boolean isInterrupted(Placement placement) throws SQLException {
        return Jdbc.value(connection, SQL.text("interrupted"), nameOf(placement)) != null;
    }

    void migrationStarted(Placement placement, String migration) throws SQLException {
        Jdbc.run(connection, SQL.text("start"), nameOf(placement), migration);
    }

    void migrationFinished(Placement placement, String migration) throws SQLException {
        Jdbc.run(connection, SQL.text("finish"), nameOf(placement), migration);
    }
}
