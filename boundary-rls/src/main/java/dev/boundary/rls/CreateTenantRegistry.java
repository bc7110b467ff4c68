package dev.boundary.rls;

import static dev.boundary.rls.PlpgsqlBlock.lines;

import dev.boundary.rls.internal.sql.SqlFile;
import java.util.List;
import java.util.stream.Stream;

/**
 * Creates the registry of tenants in schema {@code boundary}: who they are ({@code tenant}), under which host names
 * ({@code tenant_domain}), what became of the rows of those that were deprovisioned ({@code tenant_erasure}), and every
 * change of these with who made it, when and why ({@code tenant_change}). Once for each database, after
 * {@link CreateBoundaryRoles}; in a service with a database for each region, in one of them.
 *
 * <p>The application role may read the tenants and their domains; the admin role may also write them. Triggers write
 * {@code tenant_change}, which nobody may change or empty, and send a notification on the channel
 * {@code boundary_tenant}. Who and why are taken from the settings {@code boundary.actor} and {@code boundary.reason}
 * of the transaction; the role that logged in is written down in any case.
 *
 * <p>The rollback refuses while there are tenants or changes in it.
 *
 * @param roles the roles; the owner is not used
 * @since 0.1
 */
public record CreateTenantRegistry(RoleNames roles) implements RlsChange {

    private static final SqlFile SQL = SqlFile.of(CreateTenantRegistry.class);

    @Override
    public String name() {
        return "createTenantRegistry";
    }

    @Override
    public String object() {
        return "boundary.tenant";
    }

    @Override
    public List<String> apply() {
        String body = lines(
                Guards.installed(),
                SQL.text("registry-is-new"),
                usesSchema("applicationRole", roles.application()),
                usesSchema("adminRole", roles.admin()),
                SQL.text("select-key-type"),
                RollbackLog.of(this).begin(),
                RollbackLog.step(SQL.text("drop-functions")),
                RollbackLog.step(SQL.text("drop-tables")),
                SQL.text("create"),
                SQL.template("grant")
                        .identifier("application", roles.application())
                        .identifier("admin", roles.admin())
                        .fill());
        return List.of(new PlpgsqlBlock(SQL.text("declarations"), body).sql());
    }

    private static String usesSchema(String attribute, String role) {
        return lines(
                Guards.role(attribute, role),
                SQL.template("role-uses-schema")
                        .literal("role", role)
                        .literal("attribute", attribute)
                        .fill());
    }

    @Override
    public List<String> rollback() {
        return Stream.concat(
                        Stream.of(PlpgsqlBlock.of(SQL.text("registry-is-empty"))),
                        RollbackLog.of(this).restore().stream())
                .toList();
    }

    @Override
    public String confirmation() {
        return "The registry of tenants is there";
    }
}
