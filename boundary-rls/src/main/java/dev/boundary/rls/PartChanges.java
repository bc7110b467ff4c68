package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;
import java.util.List;

/**
 * The parts of what {@link TableChanges} do, each as a change of its own: for a table that has the rest already, or is
 * protected step by step.
 */
public final class PartChanges {

    private PartChanges() {}

    /**
     * Turns row-level security on, for the owner too. Without a policy nobody sees a row.
     *
     * @param table the table
     * @return the change {@code enableRls}
     */
    public static RlsChange enableRls(TableName table) {
        return new TableChange(
                "enableRls",
                table,
                Guards.ordinaryTable(table),
                List.of(Parts.rowSecurity(table, true)),
                "Row-level security is on and forced for " + table);
    }

    /**
     * Turns row-level security off: the policies stay and have no effect.
     *
     * @param table the table
     * @return the change {@code disableRls}
     */
    public static RlsChange disableRls(TableName table) {
        return new TableChange(
                "disableRls",
                table,
                Guards.ordinaryTable(table),
                List.of(Parts.rowSecurity(table, false)),
                "Row-level security is off for " + table);
    }

    /**
     * Creates the policies of the application role on a table with a tenant column: the permissive one and the
     * restrictive floor.
     *
     * @param table the table
     * @param tenantColumn its column with the tenant key
     * @param applicationRole the role that they are for
     * @return the change {@code createTenantPolicy}
     * @throws IllegalArgumentException if a name cannot be one
     */
    public static RlsChange createTenantPolicy(TableName table, String tenantColumn, String applicationRole) {
        return createPolicy("createTenantPolicy", "TENANT", table, tenantColumn, applicationRole);
    }

    /**
     * Creates the policies of the application role on a table with shared and own rows.
     *
     * @param table the table
     * @param tenantColumn its column with the tenant key, null in shared rows
     * @param applicationRole the role that they are for
     * @return the change {@code createMixedPolicy}
     * @throws IllegalArgumentException if a name cannot be one
     */
    public static RlsChange createMixedPolicy(TableName table, String tenantColumn, String applicationRole) {
        return createPolicy("createMixedPolicy", "MIXED", table, tenantColumn, applicationRole);
    }

    /**
     * Creates the policies of the application role on a table that reaches its tenant through a foreign key.
     *
     * @param table the table
     * @param foreignKeyColumns the columns of the foreign key to the parent, in any order
     * @param applicationRole the role that they are for
     * @return the change {@code createChildPolicy}
     * @throws IllegalArgumentException if a name cannot be one
     */
    public static RlsChange createChildPolicy(TableName table, List<String> foreignKeyColumns, String applicationRole) {
        TableChanges.checkForeignKey(table, foreignKeyColumns);
        Quoting.checkIdentifier("application role", applicationRole);
        return new TableChange(
                "createChildPolicy",
                table,
                Guards.ordinaryTable(table)
                        + Guards.foreignKeyColumns(table, foreignKeyColumns)
                        + Guards.harmlessApplication(applicationRole),
                List.of(
                        Policies.registerChild(table, foreignKeyColumns),
                        Policies.tenantPolicies(table, applicationRole),
                        Policies.unregister(table)),
                "Table " + table + " has its tenant policies for " + applicationRole);
    }

    /**
     * Drops the policies that {@code createTenantPolicy}, {@code createMixedPolicy}, {@code createChildPolicy} or a
     * {@code protect...} change made for the application role. Row-level security stays on, so the role sees no row.
     *
     * @param table the table
     * @return the change {@code dropTenantPolicy}
     */
    public static RlsChange dropTenantPolicy(TableName table) {
        return new TableChange(
                "dropTenantPolicy",
                table,
                Guards.ordinaryTable(table),
                List.of(Policies.dropTenantPolicies(table)),
                "Table " + table + " has no tenant policies any more");
    }

    /**
     * Creates the policy of unscoped work: the admin role sees and writes every row.
     *
     * @param table the table
     * @param adminRole the role that it is for
     * @return the change {@code createAdminPolicy}
     * @throws IllegalArgumentException if the role's name cannot be one
     */
    public static RlsChange createAdminPolicy(TableName table, String adminRole) {
        Quoting.checkIdentifier("admin role", adminRole);
        return new TableChange(
                "createAdminPolicy",
                table,
                Guards.ordinaryTable(table) + Guards.role("adminRole", adminRole),
                List.of(Policies.adminPolicy(table, adminRole)),
                "Table " + table + " has its admin policy for " + adminRole);
    }

    /**
     * Drops the policy of unscoped work.
     *
     * @param table the table
     * @return the change {@code dropAdminPolicy}
     */
    public static RlsChange dropAdminPolicy(TableName table) {
        return new TableChange(
                "dropAdminPolicy",
                table,
                Guards.ordinaryTable(table),
                List.of(Policies.dropAdminPolicy(table)),
                "Table " + table + " has no admin policy any more");
    }

    /**
     * Lets the tenant column default to the current tenant.
     *
     * @param table the table
     * @param tenantColumn its column with the tenant key
     * @return the change {@code setTenantDefault}
     * @throws IllegalArgumentException if the column's name cannot be one
     */
    public static RlsChange setTenantDefault(TableName table, String tenantColumn) {
        Quoting.checkIdentifier("column", tenantColumn);
        return new TableChange(
                "setTenantDefault",
                table,
                Guards.ordinaryTable(table) + Guards.tenantColumn(table, tenantColumn),
                List.of(Parts.tenantDefault(table, tenantColumn)),
                "Column " + tenantColumn + " of " + table + " defaults to the current tenant");
    }

    /**
     * Makes the tenant column NOT NULL.
     *
     * @param table the table
     * @param tenantColumn its column with the tenant key
     * @return the change {@code setTenantNotNull}
     * @throws IllegalArgumentException if the column's name cannot be one
     */
    public static RlsChange setTenantNotNull(TableName table, String tenantColumn) {
        Quoting.checkIdentifier("column", tenantColumn);
        return new TableChange(
                "setTenantNotNull",
                table,
                Guards.ordinaryTable(table)
                        + Guards.tenantColumn(table, tenantColumn)
                        + Guards.noRowWithoutTenant(table, tenantColumn),
                List.of(Parts.notNull(table, List.of(tenantColumn))),
                "Column " + tenantColumn + " of " + table + " is NOT NULL");
    }

    /**
     * Creates an index led by the tenant column, unless there is one.
     *
     * @param table the table
     * @param tenantColumn its column with the tenant key
     * @return the change {@code createTenantIndex}
     * @throws IllegalArgumentException if the column's name cannot be one
     */
    public static RlsChange createTenantIndex(TableName table, String tenantColumn) {
        Quoting.checkIdentifier("column", tenantColumn);
        String name = "createTenantIndex";
        return new TableChange(
                name,
                table,
                Guards.ordinaryTable(table) + Guards.tenantColumn(table, tenantColumn),
                List.of(Parts.index(name, table, List.of(tenantColumn))),
                "Table " + table + " has an index led by " + tenantColumn);
    }

    private static RlsChange createPolicy(
            String name, String classification, TableName table, String tenantColumn, String applicationRole) {
        Quoting.checkIdentifier("column", tenantColumn);
        Quoting.checkIdentifier("application role", applicationRole);
        return new TableChange(
                name,
                table,
                Guards.ordinaryTable(table)
                        + Guards.tenantColumn(table, tenantColumn)
                        + Guards.harmlessApplication(applicationRole),
                List.of(
                        Policies.register(table, classification, tenantColumn),
                        Policies.tenantPolicies(table, applicationRole),
                        Policies.unregister(table)),
                "Table " + table + " has its tenant policies for " + applicationRole);
    }
}
