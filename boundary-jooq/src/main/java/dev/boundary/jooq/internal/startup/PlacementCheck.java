package dev.boundary.jooq.internal.startup;

import dev.boundary.core.TenantKey;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.OwnDatabase;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.core.routing.Placement.SharedTables;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.TableOptions.TableType;
import org.jspecify.annotations.Nullable;

/** Checks whether a connection leads to the place that it is for, and whether the place is the tenant's. */
final class PlacementCheck {

    private static final SqlFile SQL = SqlFile.of(PlacementCheck.class);

    /** Names the row of a whole database, which has no schema. */
    private static final String WHOLE_DATABASE = "";

    private final Connection connection;
    private final Placement placement;
    private final TenantSchema schema;
    private final boolean namesOnly;
    private final List<String> findings = new ArrayList<>();
    private @Nullable String searchPath;

    PlacementCheck(Connection connection, Placement placement, TenantSchema schema, boolean namesOnly) {
        this.connection = connection;
        this.placement = placement;
        this.schema = schema;
        this.namesOnly = namesOnly;
    }

    /**
     * The schemas that names lead to, as they are now: no schema that is created later gets in between, and none whose
     * name a role has. Null if names carry their schema.
     */
    @Nullable
    String searchPath() {
        return searchPath;
    }

    /** The findings for a connection of the application role. */
    List<String> ofApplication(Optional<TenantKey> tenant) throws SQLException {
        switch (placement) {
            case SharedTables shared -> {}
            case OwnSchema own -> ownedBy(tenant, own.schema());
            case OwnDatabase own -> {
                isDatabase(own);
                ownedBy(tenant, WHOLE_DATABASE);
            }
        }
        if (namesOnly) {
            onlyNamedSchemas();
            namesLeadThere();
        }
        return findings;
    }

    /** The findings for a connection of the admin role. */
    List<String> ofAdmin() throws SQLException {
        if (namesOnly) {
            namesLeadThere();
        }
        return findings;
    }

    private void isDatabase(OwnDatabase own) throws SQLException {
        String actual = single("database");
        if (!own.database().equals(actual)) {
            findings.add("The connections for " + own + " lead to database \"" + actual
                    + "\". Correct the function given to ownDatabases(...).");
        }
    }

    private void ownedBy(Optional<TenantKey> tenant, String schemaName) throws SQLException {
        String owner = single("has-owners") == null ? null : single("owner", schemaName);
        if (owner == null) {
            findings.add("The database does not record which tenant owns " + placement
                    + ". Provision it with dev.boundary.tenants.isolation.TenantPlaces, or correct the placement.");
        } else if (tenant.isPresent() && !owner.equals(tenant.get().asText())) {
            findings.add("Its database says that " + placement + " is tenant " + owner + "'s own, and tenant "
                    + tenant.get() + " is placed there. Correct the placement.");
        }
    }

    private void onlyNamedSchemas() throws SQLException {
        String path = String.valueOf(single("search-path"));
        if (path.contains("$user")) {
            findings.add("The search_path is " + path + ", in which \"$user\" is whatever schema has the name of the"
                    + " role, now or later. Name the schemas: OwnSchema.searchPath() does, and for tables in schema"
                    + " public the connection property currentSchema=public,pg_temp.");
        }
        if (!path.matches("(?s).*,\\s*\"?pg_temp\"?\\s*")) {
            findings.add(
                    "The search_path is " + path + ", in which temporary tables come before all others, so that one"
                            + " could replace a tenant's table. Put pg_temp at its end: OwnSchema.searchPath() does,"
                            + " and for tables in schema public the connection property currentSchema=public,pg_temp.");
        }
    }

    private void namesLeadThere() throws SQLException {
        searchPath = single("schemas");
        for (ClassifiedTable table : schema.tables()) {
            if (table.classification().hasTenantRows()) {
                leadsThere(table.table());
            }
        }
    }

    private void leadsThere(Table<?> table) throws SQLException {
        boolean function = table.getOptions().type() == TableType.FUNCTION;
        String actual = single(function ? "schema-of-function" : "schema-of-table", table.getName());
        String expected = expectedSchema(table);
        if (actual == null) {
            findings.add((function ? "Function " : "Table ") + table.getName() + " is not found in " + placement
                    + ". Run the migrations there, or correct the search_path.");
        } else if (expected != null && !expected.equals(actual)) {
            findings.add("The name " + table.getName() + " leads to schema " + actual + " instead of " + expected
                    + " in " + placement + ". Run the migrations there, or correct the search_path.");
        }
    }

    private @Nullable String expectedSchema(Table<?> table) {
        if (placement instanceof OwnSchema own) {
            return own.schema();
        }
        Schema declared = table.getSchema();
        return declared == null || declared.getName().isEmpty() ? null : declared.getName();
    }

    private @Nullable String single(String query, Object... values) throws SQLException {
        return Jdbc.value(connection, SQL.text(query), values);
    }
}
