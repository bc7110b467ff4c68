package dev.boundary.cli;

import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.registry.JdbcTenantRegistry;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds tenants in the registry of a database. Without a registry, the error says how to create one. */
final class TenantLookup {

    private static final SqlFile SQL = SqlFile.of(TenantLookup.class);

    private final JdbcTenantRegistry registry;

    private TenantLookup(JdbcTenantRegistry registry) {
        this.registry = registry;
    }

    /** As a role that can read the registry. */
    static TenantLookup as(RoleDataSource role) throws SQLException {
        check(role);
        return new TenantLookup(JdbcTenantRegistry.of(role));
    }

    /** Refuses a database without a registry that the role can read. */
    static void check(RoleDataSource role) throws SQLException {
        try (Connection connection = role.getConnection()) {
            InstallationReader.read(connection);
            List<@Nullable String> access =
                    Jdbc.rows(connection, SQL.text("access")).getFirst();
            if (!"t".equals(access.get(2))) {
                throw CommandFailedException.database("There is no registry of tenants in database " + access.get(0)
                        + ". Run the change createTenantRegistry.");
            }
            if (!"t".equals(access.get(3))) {
                throw CommandFailedException.database("Role " + access.get(1) + " may not read boundary.tenant."
                        + " Connect as the application role or the admin role.");
            }
        }
    }

    List<Tenant> all() {
        return registry.list();
    }

    Tenant find(String slug) {
        return registry.findBySlug(new Slug(slug))
                .orElseThrow(() -> CommandFailedException.failed(
                        "There is no tenant \"" + slug + "\". \"boundary list\" shows the tenants that exist."));
    }

    /** Refuses a tenant that must not get rows any more. */
    Tenant findLiving(String slug) {
        Tenant tenant = find(slug);
        return switch (tenant.state()) {
            case ACTIVE, SUSPENDED -> tenant;
            case DELETING, DELETED ->
                throw CommandFailedException.failed("Tenant " + tenant.slug() + " is " + tenant.state()
                        + ", so it gets no rows. Restore it, or provision another tenant.");
        };
    }
}
