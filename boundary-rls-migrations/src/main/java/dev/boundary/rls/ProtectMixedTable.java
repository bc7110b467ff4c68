package dev.boundary.rls;

import java.util.List;
import java.util.Set;

/**
 * Makes a table with shared and own rows safe. A row whose tenant column is null is shared: every tenant reads it, only
 * the admin role writes it.
 */
public final class ProtectMixedTable extends TableChange {

    private final String tenantColumn;
    private final RoleNames roles;
    private final Set<TablePrivilege> privileges;

    /**
     * For one table.
     *
     * @param table the table
     * @param tenantColumn its column with the tenant key, null in shared rows
     * @param roles the roles; the owner is not used
     * @param privileges what the application role may do
     * @throws IllegalArgumentException if a name cannot be one
     */
    public ProtectMixedTable(TableName table, String tenantColumn, RoleNames roles, Set<TablePrivilege> privileges) {
        super(table);
        Sql.checkIdentifier("column", tenantColumn);
        this.tenantColumn = tenantColumn;
        this.roles = roles;
        this.privileges = Set.copyOf(privileges);
    }

    @Override
    String guards() {
        return Guards.tenantColumn(table(), tenantColumn)
                + Guards.raise(
                        "(select attnotnull from pg_catalog.pg_attribute where attrelid = rel and attname = "
                                + Sql.literal(tenantColumn) + ")",
                        "Column \"" + tenantColumn + "\" of " + table() + " is NOT NULL, so no row can be shared",
                        "Use protectTenantTable, or drop the constraint.")
                + Guards.harmlessApplication(roles.application())
                + Guards.role("adminRole", roles.admin());
    }

    @Override
    List<Part> parts() {
        return List.of(
                Policies.register(table(), "MIXED", tenantColumn),
                Parts.tenantDefault(table(), tenantColumn),
                Parts.index(this, table(), List.of(tenantColumn)),
                Parts.grants(table(), privileges, List.of(tenantColumn), roles.application(), roles.admin()),
                Policies.tenantPolicies(table(), roles.application()),
                Policies.adminPolicy(table(), roles.admin()),
                Parts.rowSecurity(table(), true));
    }

    @Override
    public String name() {
        return "protectMixedTable";
    }

    @Override
    public String confirmation() {
        return "Table " + table() + " is protected: each tenant reaches its own rows by " + tenantColumn
                + " and reads the shared ones";
    }
}
