package dev.boundary.tenants.isolation;

import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.RlsChange;
import dev.boundary.rls.RoleNames;
import dev.boundary.tenants.PooledDatabase;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import dev.boundary.testing.postgresql.TestRoles;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** A database with Boundary in it, and tenants with schemas of their own. */
final class IsolationDatabase {

    private IsolationDatabase() {}

    static PooledDatabase create() throws SQLException {
        return copy("isolation", database -> {});
    }

    /** With Boundary and what else is built once for all tests. */
    static PooledDatabase copy(String template, PostgresServer.Migration more) throws SQLException {
        return new PooledDatabase(PostgresServer.shared().createDatabase(template, TestRoles.DEFAULT, database -> {
            install(database.owner());
            more.run(database);
        }));
    }

    private static void install(DataSource owner) throws SQLException {
        List<RlsChange> changes =
                List.of(InstallBoundary.of(TenantKeyType.BIGINT), new CreateBoundaryRoles(RoleNames.DEFAULT, "public"));
        TestDatabase.execute(
                owner,
                changes.stream().flatMap(change -> change.apply().stream()).toArray(String[]::new));
    }

    /** Tenants 1 to {@code count}, each with the schema {@code own_} and its number. */
    static List<Tenant> tenants(int count) {
        List<Tenant> tenants = new ArrayList<>();
        for (long i = 1; i <= count; i++) {
            tenants.add(tenant(i, "schema:own_" + i));
        }
        return tenants;
    }

    static Tenant tenant(long key, String placement) {
        return new Tenant(
                TenantKey.of(key),
                new Slug("t" + key),
                "Tenant " + key,
                Optional.empty(),
                TenantState.ACTIVE,
                Map.of(Placement.ATTRIBUTE, placement));
    }

    static void makeSchemas(DataSource owner, List<Tenant> tenants) throws SQLException {
        for (Tenant tenant : tenants) {
            if (Placement.of(tenant) instanceof OwnSchema own) {
                new TenantPlaces(RoleNames.DEFAULT).createSchema(owner, own, tenant.key());
            }
        }
    }

    /** The rows of a query as texts, as a superuser sees them. */
    static List<String> rows(PooledDatabase database, String sql) throws SQLException {
        return database.rows(sql);
    }
}
