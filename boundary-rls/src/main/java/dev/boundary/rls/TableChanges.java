package dev.boundary.rls;

import static dev.boundary.rls.PlpgsqlBlock.lines;

import dev.boundary.rls.internal.sql.Quoting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * The changes to one table or view. Each refuses to start, with what to do next, on one that it cannot make safe.
 *
 * <p>{@link #protectTable} does all that a table needs. The changes from {@link #enableRls} on are its single steps:
 * for a table that has the rest already, or is protected step by step.
 *
 * @since 0.1
 */
public final class TableChanges {

    private TableChanges() {}

    /**
     * Makes a table safe. Only row privileges are granted, row-level security is on and forced, the policies are in
     * place, and an index is led by the columns by which rows belong to tenants. These columns are required, except for
     * the tenant column of shared rows; a tenant column is filled in by default and cannot be updated. The partitions
     * of a partitioned table are closed: addressed directly they would be read past the policies.
     *
     * @param table the table
     * @param rows how its rows belong to tenants
     * @param roles the roles; the owner is not used
     * @param privileges what the application role may do
     * @return the change {@code protectPartitionedTable} for a partitioned table, otherwise {@code protectTenantTable},
     *     {@code protectMixedTable} or {@code protectChildTable}
     * @throws IllegalArgumentException if it is a child whose name could be mistaken for that of a parent in its
     *     policies
     */
    public static RlsChange protectTable(
            TableName table, TableRows rows, RoleNames roles, Set<TablePrivilege> privileges) {
        return new ProtectTable(table, rows, roles).change(privileges);
    }

    /**
     * Closes the partitions that were added to a protected table since. Run it after each new or attached partition, or
     * at the end of each migration.
     *
     * @param table the topmost partitioned table
     * @param roles the roles; the owner is not used
     * @return the change {@code protectPartitions}
     */
    public static RlsChange protectPartitions(TableName table, RoleNames roles) {
        TableGuards guards = new TableGuards(table);
        return new TableChange(
                "protectPartitions",
                table,
                lines(guards.partitioned(), guards.roles(roles)),
                List.of(new PartitionSteps(table).close(roles)),
                "The partitions of " + table + " are closed");
    }

    /**
     * Creates an event trigger that turns row-level security on in each new partition of a protected table, whether
     * created or attached. Only a superuser may create one; without it, run {@link #protectPartitions} after each new
     * partition. A new partition without either is closed as long as nobody is granted anything on it.
     *
     * @return the change {@code protectFuturePartitions}
     */
    public static RlsChange protectFuturePartitions() {
        return new ProtectFuturePartitions();
    }

    /**
     * Lets a view read with the rights, and under the policies, of whoever queries it ({@code security_invoker},
     * PostgreSQL 15 and later), and grants on it.
     *
     * @param view the view
     * @param roles the roles; the owner is not used
     * @param privileges what the application role may do with the view
     * @return the change {@code protectView}
     */
    public static RlsChange protectView(TableName view, RoleNames roles, Set<TablePrivilege> privileges) {
        ViewSteps steps = new ViewSteps(view);
        return new TableChange(
                "protectView",
                view,
                lines(steps.guards(), new TableGuards(view).roles(roles)),
                List.of(steps.securityInvoker(), new GrantSteps(view, roles).grant(privileges, List.of())),
                "View " + view + " shows each tenant only what the tables below it show");
    }

    /**
     * Opens a table that belongs to no tenant: the application role gets what is asked for, usually SELECT only; the
     * admin role reads and writes. Row-level security is left as it is.
     *
     * @param table the table
     * @param roles the roles; the owner is not used
     * @param privileges what the application role may do
     * @return the change {@code grantGlobalTable}
     */
    public static RlsChange grantGlobalTable(TableName table, RoleNames roles, Set<TablePrivilege> privileges) {
        TableGuards guards = new TableGuards(table);
        return new TableChange(
                "grantGlobalTable",
                table,
                lines(guards.ordinary(), guards.unprotected(), guards.roles(roles)),
                List.of(new GrantSteps(table, roles).grant(privileges, List.of())),
                "Table " + table + " is global: the application role may " + TablePrivilege.sql(privileges));
    }

    /**
     * Grants row privileges again. Run it after adding a column to a protected table: UPDATE is granted column by
     * column, so a new column cannot be updated before.
     *
     * @param table the table
     * @param tenantColumn its column with the tenant key, which still cannot be updated
     * @param roles the roles; the owner is not used
     * @param privileges what the application role may do
     * @return the change {@code grantTenantTable}
     * @throws IllegalArgumentException if the column's name cannot be one
     */
    public static RlsChange grantTenantTable(
            TableName table, String tenantColumn, RoleNames roles, Set<TablePrivilege> privileges) {
        TableGuards guards = new TableGuards(table);
        return new TableChange(
                "grantTenantTable",
                table,
                lines(ordinaryWithTenant(table, tenantColumn), guards.roles(roles)),
                List.of(new GrantSteps(table, roles).grant(privileges, List.of(tenantColumn))),
                "The application role may " + TablePrivilege.sql(privileges) + " on " + table + ", but not move a row"
                        + " to another tenant");
    }

    /**
     * Turns row-level security on, for the owner too. Without a policy no role sees a row.
     *
     * @param table the table
     * @return the change {@code enableRls}
     */
    public static RlsChange enableRls(TableName table) {
        ChangeStep step = new TableSteps(table).rowSecurity(true);
        return ordinary("enableRls", table, step, "Row-level security is on and forced for " + table);
    }

    /**
     * Turns row-level security off: the policies stay and have no effect.
     *
     * @param table the table
     * @return the change {@code disableRls}
     */
    public static RlsChange disableRls(TableName table) {
        ChangeStep step = new TableSteps(table).rowSecurity(false);
        return ordinary("disableRls", table, step, "Row-level security is off for " + table);
    }

    /**
     * Creates the policies of the application role on an ordinary table: the permissive one and the restrictive floor.
     *
     * @param table the table
     * @param rows how its rows belong to tenants
     * @param applicationRole the role that they are for
     * @return the change {@code createTenantPolicy}, {@code createMixedPolicy} or {@code createChildPolicy}
     * @throws IllegalArgumentException if the role's name cannot be one, or it is a child whose name could be mistaken
     *     for that of a parent in its policies
     */
    public static RlsChange createTenantPolicies(TableName table, TableRows rows, String applicationRole) {
        Quoting.checkIdentifier("application role", applicationRole);
        rows.checkAlias(table);
        TableGuards guards = new TableGuards(table);
        PolicySteps steps = new PolicySteps(table);
        return new TableChange(
                "create" + rows.kindName() + "Policy",
                table,
                lines(guards.ordinary(), rows.guards(table), guards.applicationRole(applicationRole)),
                List.of(steps.list(rows), steps.createTenantPolicies(applicationRole), steps.unlist()),
                "Table " + table + " has its tenant policies for " + applicationRole);
    }

    /**
     * Drops the policies of the application role that {@link #createTenantPolicies} or {@link #protectTable} made.
     * Row-level security stays on, so the role sees no row.
     *
     * @param table the table
     * @return the change {@code dropTenantPolicy}
     */
    public static RlsChange dropTenantPolicy(TableName table) {
        ChangeStep step = new PolicySteps(table).dropTenantPolicies();
        return ordinary("dropTenantPolicy", table, step, "Table " + table + " has no tenant policies any more");
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
                lines(new TableGuards(table).ordinary(), Guards.role("adminRole", adminRole)),
                List.of(new PolicySteps(table).createAdminPolicy(adminRole)),
                "Table " + table + " has its admin policy for " + adminRole);
    }

    /**
     * Drops the policy of unscoped work.
     *
     * @param table the table
     * @return the change {@code dropAdminPolicy}
     */
    public static RlsChange dropAdminPolicy(TableName table) {
        ChangeStep step = new PolicySteps(table).dropAdminPolicy();
        return ordinary("dropAdminPolicy", table, step, "Table " + table + " has no admin policy any more");
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
        return new TableChange(
                "setTenantDefault",
                table,
                ordinaryWithTenant(table, tenantColumn),
                List.of(new TableSteps(table).tenantDefault(tenantColumn)),
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
        return new TableChange(
                "setTenantNotNull",
                table,
                lines(ordinaryWithTenant(table, tenantColumn), new TableGuards(table).noRowWithoutTenant(tenantColumn)),
                List.of(new TableSteps(table).notNull(List.of(tenantColumn))),
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
        String name = "createTenantIndex";
        return new TableChange(
                name,
                table,
                ordinaryWithTenant(table, tenantColumn),
                List.of(new TableSteps(table).index(name, List.of(tenantColumn))),
                "Table " + table + " has an index led by " + tenantColumn);
    }

    /**
     * Lists what is missing from the protection of a table. Policies are compared as PostgreSQL prints them with those
     * that Boundary would create now, which it does on a temporary table that is gone when this returns; nothing on the
     * table is locked or changed.
     *
     * @param connection a connection of the role that installed Boundary; its transaction, if any, goes on
     * @param table the table
     * @param roles the roles; the owner is not used
     * @return one sentence for each finding; empty if the table is protected
     * @throws SQLException if Boundary is not installed, or the catalog cannot be read
     */
    public static List<String> findDrift(Connection connection, TableName table, RoleNames roles) throws SQLException {
        return new TableDrift(table, roles).find(connection);
    }

    private static RlsChange ordinary(String name, TableName table, ChangeStep step, String confirmation) {
        return new TableChange(name, table, new TableGuards(table).ordinary(), List.of(step), confirmation);
    }

    private static String ordinaryWithTenant(TableName table, String tenantColumn) {
        Quoting.checkIdentifier("column", tenantColumn);
        TableGuards guards = new TableGuards(table);
        return lines(guards.ordinary(), guards.tenantColumn(tenantColumn));
    }
}
