package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;
import java.util.ArrayList;
import java.util.List;

/**
 * Creates the registry of tenants in schema {@code boundary}: who they are ({@code tenant}), under which host names
 * ({@code tenant_domain}), what became of the rows of those that were deprovisioned ({@code tenant_erasure}), and every change
 * of these with who made it, when and why ({@code tenant_change}). Once for each database, after
 * {@link CreateBoundaryRoles}; in a service with a database for each region, in one of them.
 *
 * <p>The application role may read the tenants and their domains; the admin role may also write them. Triggers write
 * {@code tenant_change}, which nobody may change or empty, and send a notification on the channel {@code boundary_tenant}.
 * Who and why are taken from the settings {@code boundary.actor} and {@code boundary.reason} of the transaction; the role
 * that logged in is written down in any case.
 *
 * <p>The rollback refuses while there are tenants or changes in it.
 *
 * @param roles the roles; the owner is not used
 */
public record CreateTenantRegistry(RoleNames roles) implements RlsChange {

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
        return List.of(PlpgsqlBlock.of(
                "this_change bigint;\nkey_type pg_catalog.regtype;\ngrantee pg_catalog.regrole;\n",
                Guards.installed()
                        + Guards.raise(
                                "pg_catalog.to_regclass('boundary.tenant') is not null",
                                "There is a registry of tenants in this database already",
                                "One for each database is enough; boundary.applied_change says who made it, and when.")
                        + role("applicationRole", roles.application())
                        + role("adminRole", roles.admin())
                        + "select tenant_key_type::pg_catalog.regtype into strict key_type from boundary.installation;\n"
                        + Undo.begin(this)
                        + Undo.step(TenantRegistrySql.DROP_FUNCTIONS)
                        + Undo.step(TenantRegistrySql.DROP_TABLES)
                        + TenantRegistrySql.CREATE
                        + TenantRegistrySql.grants(
                                Quoting.identifier(roles.application()), Quoting.identifier(roles.admin()))));
    }

    private static String role(String what, String role) {
        return Guards.role(what, role)
                + Guards.raise(
                        "not pg_catalog.has_schema_privilege(" + Quoting.literal(role) + ", 'boundary', 'USAGE')",
                        "Role \"" + role + "\" (" + what + ") may not use schema boundary",
                        "Run createBoundaryRoles with these roles first.");
    }

    @Override
    public List<String> rollback() {
        List<String> statements = new ArrayList<>();
        statements.add(PlpgsqlBlock.of("", """
                if pg_catalog.to_regclass('boundary.tenant') is not null then
                  lock table boundary.tenant, boundary.tenant_change in access exclusive mode;
                %s  end if;
                """.formatted(Guards.raise(
                        "exists (select from boundary.tenant) or exists (select from boundary.tenant_change)",
                        "The registry has tenants, or changes of tenants, that would be lost",
                        "Keep a copy of boundary.tenant, boundary.tenant_domain, boundary.tenant_erasure and"
                                + " boundary.tenant_change. Then, as their owner: alter table"
                                + " boundary.tenant_change disable trigger user; delete from boundary.tenant;"
                                + " delete from boundary.tenant_change.")
                .indent(2))));
        statements.addAll(Undo.restore(this));
        return List.copyOf(statements);
    }

    @Override
    public String confirmation() {
        return "The registry of tenants is there";
    }
}
