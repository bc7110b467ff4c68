package dev.boundary.rls;

import java.util.List;
import java.util.Set;

/**
 * Opens a table that belongs to no tenant: the application role gets what is asked for, usually SELECT only; the admin
 * role reads and writes. Row-level security is left off.
 */
public final class GrantGlobalTable extends TableChange {

    private final RoleNames roles;
    private final Set<TablePrivilege> privileges;

    /**
     * For one table.
     *
     * @param table the table
     * @param roles the roles; the owner is not used
     * @param privileges what the application role may do
     */
    public GrantGlobalTable(TableName table, RoleNames roles, Set<TablePrivilege> privileges) {
        super(table);
        this.roles = roles;
        this.privileges = Set.copyOf(privileges);
    }

    @Override
    String guards() {
        return Guards.unprotected(table())
                + Guards.harmlessApplication(roles.application())
                + Guards.role("adminRole", roles.admin());
    }

    @Override
    List<Part> parts() {
        return List.of(Parts.grants(table(), privileges, List.of(), roles.application(), roles.admin()));
    }

    @Override
    public String name() {
        return "grantGlobalTable";
    }

    @Override
    public String confirmation() {
        return "Table " + table() + " is global: the application role may " + TablePrivilege.sql(privileges);
    }
}
