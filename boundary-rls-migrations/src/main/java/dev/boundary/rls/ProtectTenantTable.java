package dev.boundary.rls;

import java.util.List;
import java.util.Set;

/**
 * Makes a table with a tenant column safe: the column is required, filled in by default, not updatable and leads an
 * index; only the row privileges are granted; row-level security is on and forced; the policies are in place.
 */
public final class ProtectTenantTable extends TableChange {

    private final String tenantColumn;
    private final RoleNames roles;
    private final Set<TablePrivilege> privileges;

    /**
     * For one table.
     *
     * @param table the table
     * @param tenantColumn its column with the tenant key
     * @param roles the roles; the owner is not used
     * @param privileges what the application role may do
     * @throws IllegalArgumentException if a name cannot be one
     */
    public ProtectTenantTable(TableName table, String tenantColumn, RoleNames roles, Set<TablePrivilege> privileges) {
        super(table);
        Sql.checkIdentifier("column", tenantColumn);
        this.tenantColumn = tenantColumn;
        this.roles = roles;
        this.privileges = Set.copyOf(privileges);
    }

    @Override
    String guards() {
        return Guards.tenantColumn(table(), tenantColumn)
                + Guards.noRowWithoutTenant(table(), tenantColumn)
                + Guards.harmlessApplication(roles.application())
                + Guards.role("adminRole", roles.admin());
    }

    @Override
    List<Part> parts() {
        return List.of(
                Policies.register(table(), "TENANT", tenantColumn),
                Parts.tenantDefault(table(), tenantColumn),
                Parts.notNull(table(), List.of(tenantColumn)),
                Parts.index(this, table(), List.of(tenantColumn)),
                Parts.grants(table(), privileges, List.of(tenantColumn), roles.application(), roles.admin()),
                Policies.tenantPolicies(table(), roles.application()),
                Policies.adminPolicy(table(), roles.admin()),
                Parts.rowSecurity(table(), true));
    }

    @Override
    public String name() {
        return "protectTenantTable";
    }

    @Override
    public String confirmation() {
        return "Table " + table() + " is protected: each tenant reaches only its own rows by " + tenantColumn;
    }
}
