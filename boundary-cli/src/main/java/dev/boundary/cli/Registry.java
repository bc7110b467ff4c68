package dev.boundary.cli;

import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.registry.JdbcTenantRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The tenants of the database, for commands. Where there is no registry, it says how to get one. */
final class Registry {

    private static final String STATE = """
            select pg_catalog.current_database(), current_user, c.oid is not null,
              coalesce(pg_catalog.has_table_privilege(c.oid, 'SELECT'), false)
            from (select pg_catalog.to_regclass('boundary.tenant')::pg_catalog.oid as oid) c""";

    private Registry() {}

    /** For reading only. */
    static JdbcTenantRegistry of(RoleDataSource role) throws SQLException {
        check(role);
        return JdbcTenantRegistry.of(role);
    }

    static Tenant tenant(JdbcTenantRegistry registry, String slug) {
        return registry.findBySlug(new Slug(slug))
                .orElseThrow(() -> CommandFailedException.failed(
                        "There is no tenant \"" + slug + "\". \"boundary list\" shows those there are."));
    }

    /** A tenant that may get rows. */
    static Tenant living(JdbcTenantRegistry registry, String slug) {
        Tenant tenant = tenant(registry, slug);
        return switch (tenant.state()) {
            case ACTIVE, SUSPENDED -> tenant;
            case DELETING, DELETED ->
                throw CommandFailedException.failed("Tenant " + tenant.slug() + " is " + tenant.state()
                        + ", so it gets no rows. Restore it, or provision another tenant.");
        };
    }

    static void check(RoleDataSource role) throws SQLException {
        try (Connection connection = role.getConnection();
                Statement statement = connection.createStatement()) {
            InstallationReader.read(connection);
            try (ResultSet row = statement.executeQuery(STATE)) {
                row.next();
                if (!row.getBoolean(3)) {
                    throw CommandFailedException.database("There is no registry of tenants in database "
                            + row.getString(1) + ". Run the change createTenantRegistry.");
                }
                if (!row.getBoolean(4)) {
                    throw CommandFailedException.database("Role " + row.getString(2) + " may not read boundary.tenant."
                            + " Connect as the application role or the admin role.");
                }
            }
        }
    }
}
