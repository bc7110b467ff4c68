package dev.boundary.tenants.lifecycle;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.registry.JdbcTenantRegistry;
import dev.boundary.rls.CreateTenantRegistry;
import dev.boundary.rls.RoleNames;
import dev.boundary.tenants.World;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** A sample database with a registry. */
final class Registered implements AutoCloseable {

    static final Change CHANGE = new Change("ann", "a test");

    final World world;
    final JdbcTenantRegistry registry;

    private Registered(World world) {
        this.world = world;
        this.registry = JdbcTenantRegistry.of(world.application(), world.admin());
    }

    static Registered create() throws SQLException {
        return new Registered(World.with("registry", Registered::addRegistry));
    }

    /** With the rows of A and B. */
    static Registered filled() throws SQLException {
        return new Registered(World.with("registry and rows", database -> {
            addRegistry(database);
            World.fill(database.superuser(), World.A);
            World.fill(database.superuser(), World.B);
        }));
    }

    private static void addRegistry(TestDatabase database) throws SQLException {
        World.apply(database.owner(), List.of(new CreateTenantRegistry(RoleNames.DEFAULT)));
    }

    DataSource application() {
        return world.application();
    }

    DataSource admin() {
        return world.admin();
    }

    static Tenant tenant(TenantScope scope, String slug) {
        return new Tenant(scope.tenant(), new Slug(slug), "The " + slug);
    }

    TenantLifecycle.Builder lifecycle() {
        return TenantLifecycle.builder(admin()).rows(application(), admin());
    }

    /** The audit of a tenant, the oldest entry first. */
    List<String> audit(Tenant tenant) {
        return registry.changes(tenant.key(), 100).reversed().stream()
                .map(change -> change.what() + " by " + change.actor())
                .toList();
    }

    void emptyRegistry() throws SQLException {
        world.run(
                "alter table boundary.tenant_change disable trigger user",
                "delete from boundary.tenant",
                "delete from boundary.tenant_change",
                "alter table boundary.tenant_change enable trigger user");
    }

    @Override
    public void close() throws SQLException {
        world.close();
    }
}
