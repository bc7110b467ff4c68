package dev.boundary.rls;

import java.util.List;
import java.util.Set;

/**
 * Makes a table without a tenant column safe: a row belongs to the tenant of the row that its foreign key points at. The
 * parent must be protected; it may be a child itself.
 */
public final class ProtectChildTable extends TableChange {

    private final List<String> foreignKeyColumns;
    private final RoleNames roles;
    private final Set<TablePrivilege> privileges;

    /**
     * For one table.
     *
     * @param table the table
     * @param foreignKeyColumns the columns of the foreign key to the parent, in any order
     * @param roles the roles; the owner is not used
     * @param privileges what the application role may do
     * @throws IllegalArgumentException if there is no column, or a name cannot be one
     */
    public ProtectChildTable(
            TableName table, List<String> foreignKeyColumns, RoleNames roles, Set<TablePrivilege> privileges) {
        super(table);
        if (foreignKeyColumns.isEmpty()) {
            throw new IllegalArgumentException("The child table " + table
                    + " needs the columns of the foreign key to its parent: foreignKeyColumns.");
        }
        foreignKeyColumns.forEach(column -> Sql.checkIdentifier("column", column));
        this.foreignKeyColumns = List.copyOf(foreignKeyColumns);
        this.roles = roles;
        this.privileges = Set.copyOf(privileges);
    }

    @Override
    String guards() {
        StringBuilder guards = new StringBuilder();
        foreignKeyColumns.forEach(column ->
                guards.append(Guards.column(table(), column)).append(Guards.noRowWithoutTenant(table(), column)));
        return guards + Guards.harmlessApplication(roles.application()) + Guards.role("adminRole", roles.admin());
    }

    @Override
    List<Part> parts() {
        return List.of(
                Policies.registerChild(table(), foreignKeyColumns),
                Parts.notNull(table(), foreignKeyColumns),
                Parts.index(this, table(), foreignKeyColumns),
                Parts.grants(table(), privileges, List.of(), roles.application(), roles.admin()),
                Policies.tenantPolicies(table(), roles.application()),
                Policies.adminPolicy(table(), roles.admin()),
                Parts.rowSecurity(table(), true));
    }

    @Override
    public String name() {
        return "protectChildTable";
    }

    @Override
    public String confirmation() {
        return "Table " + table() + " is protected: each tenant reaches only the rows whose "
                + String.join(", ", foreignKeyColumns) + " points at a row of its own";
    }
}
