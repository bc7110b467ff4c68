package dev.boundary.tenants.lifecycle;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.registry.JdbcTenantRegistry;
import dev.boundary.rls.CreateTenantRegistry;
import dev.boundary.rls.RoleNames;
import dev.boundary.tenants.World;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** A world whose tenants are in a registry. */
final class Registered implements AutoCloseable {

    static final Change CHANGE = new Change("ann", "a test");

    final World world;
    final JdbcTenantRegistry registry;

    private final HikariDataSource application;
    private final HikariDataSource admin;

    private Registered(World world) {
        this.world = world;
        this.application = pool(world.application());
        this.admin = pool(world.admin());
        this.registry = JdbcTenantRegistry.of(application, admin);
    }

    private static HikariDataSource pool(DataSource source) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    DataSource application() {
        return application;
    }

    DataSource admin() {
        return admin;
    }

    static Registered create() throws SQLException {
        World world = World.empty();
        World.apply(world.database().owner(), List.of(new CreateTenantRegistry(RoleNames.DEFAULT)));
        return new Registered(world);
    }

    static Tenant tenant(TenantScope scope, String slug) {
        return new Tenant(scope.tenant(), new Slug(slug), "The " + slug);
    }

    TenantLifecycle.Builder lifecycle() {
        return TenantLifecycle.builder(admin).rows(application, admin);
    }

    /** What was written down about a tenant, the oldest first. */
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
        application.close();
        admin.close();
        world.close();
    }
}
