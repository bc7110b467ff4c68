package dev.boundary.rls;

import dev.boundary.rls.internal.catalog.PolicyName;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The changes to one table. Each refuses to start, with what to do next, on a table that it cannot make safe. */
public final class TableChanges {

    private static final String PARTITIONED = "protectPartitionedTable";

    private TableChanges() {}

    /** Whose rows they are, as the register has it. */
    private enum Rows {
        TENANT,
        MIXED,
        CHILD
    }

    /**
     * Makes a table with a tenant column safe: the column is required, filled in by default, not updatable and leads an
     * index; only row privileges are granted; row-level security is on and forced; the policies are in place.
     *
     * @param table the table
     * @param tenantColumn its column with the tenant key
     * @param roles the roles; the owner is not used
     * @param privileges what the application role may do
     * @return the change {@code protectTenantTable}
     * @throws IllegalArgumentException if the column's name cannot be one
     */
    public static RlsChange protectTenantTable(
            TableName table, String tenantColumn, RoleNames roles, Set<TablePrivilege> privileges) {
        return protect("protectTenantTable", Rows.TENANT, false, table, List.of(tenantColumn), roles, privileges);
    }

    /**
     * Makes a table with shared and own rows safe. A row whose tenant column is null is shared: every tenant reads it,
     * only the admin role writes it.
     *
     * @param table the table
     * @param tenantColumn its column with the tenant key, null in shared rows
     * @param roles the roles; the owner is not used
     * @param privileges what the application role may do
     * @return the change {@code protectMixedTable}
     * @throws IllegalArgumentException if the column's name cannot be one
     */
    public static RlsChange protectMixedTable(
            TableName table, String tenantColumn, RoleNames roles, Set<TablePrivilege> privileges) {
        return protect("protectMixedTable", Rows.MIXED, false, table, List.of(tenantColumn), roles, privileges);
    }

    /**
     * Makes a table without a tenant column safe: a row belongs to the tenant of the row that its foreign key points at.
     * The parent must be protected; it may be a child itself.
     *
     * @param table the table
     * @param foreignKeyColumns the columns of the foreign key to the parent, in any order
     * @param roles the roles; the owner is not used
     * @param privileges what the application role may do
     * @return the change {@code protectChildTable}
     * @throws IllegalArgumentException if there is no column, or a name cannot be one
     */
    public static RlsChange protectChildTable(
            TableName table, List<String> foreignKeyColumns, RoleNames roles, Set<TablePrivilege> privileges) {
        return protect("protectChildTable", Rows.CHILD, false, table, foreignKeyColumns, roles, privileges);
    }

    /**
     * Makes a partitioned table with a tenant column safe, and closes its partitions: addressed directly they would be
     * read past the policies. For partitions made later see {@link #protectPartitions} and
     * {@link ProtectFuturePartitions}.
     *
     * @param table the topmost partitioned table
     * @param tenantColumn its column with the tenant key
     * @param roles the roles; the owner is not used
     * @param privileges what the application role may do
     * @return the change {@code protectPartitionedTable}
     * @throws IllegalArgumentException if the column's name cannot be one
     */
    public static RlsChange protectPartitionedTable(
            TableName table, String tenantColumn, RoleNames roles, Set<TablePrivilege> privileges) {
        return protect(PARTITIONED, Rows.TENANT, true, table, List.of(tenantColumn), roles, privileges);
    }

    /**
     * Makes a partitioned table with shared and own rows safe, and closes its partitions. See {@link #protectMixedTable}
     * and {@link #protectPartitionedTable}.
     *
     * @param table the topmost partitioned table
     * @param tenantColumn its column with the tenant key, null in shared rows
     * @param roles the roles; the owner is not used
     * @param privileges what the application role may do
     * @return the change {@code protectPartitionedTable}
     * @throws IllegalArgumentException if the column's name cannot be one
     */
    public static RlsChange protectPartitionedMixedTable(
            TableName table, String tenantColumn, RoleNames roles, Set<TablePrivilege> privileges) {
        return protect(PARTITIONED, Rows.MIXED, true, table, List.of(tenantColumn), roles, privileges);
    }

    /**
     * Makes a partitioned table without a tenant column safe, and closes its partitions. See {@link #protectChildTable}
     * and {@link #protectPartitionedTable}.
     *
     * @param table the topmost partitioned table
     * @param foreignKeyColumns the columns of the foreign key to the parent, in any order
     * @param roles the roles; the owner is not used
     * @param privileges what the application role may do
     * @return the change {@code protectPartitionedTable}
     * @throws IllegalArgumentException if there is no column, or a name cannot be one
     */
    public static RlsChange protectPartitionedChildTable(
            TableName table, List<String> foreignKeyColumns, RoleNames roles, Set<TablePrivilege> privileges) {
        return protect(PARTITIONED, Rows.CHILD, true, table, foreignKeyColumns, roles, privileges);
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
        return new TableChange(
                "protectPartitions",
                table,
                Guards.partitionedTable(table) + Guards.roles(roles),
                List.of(Partitions.close(table, roles)),
                "The partitions of " + table + " are closed");
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
        return new TableChange(
                "protectView",
                view,
                Views.guards(view) + Guards.roles(roles),
                List.of(Views.securityInvoker(view), Parts.grants(view, privileges, List.of(), roles)),
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
        return new TableChange(
                "grantGlobalTable",
                table,
                Guards.ordinaryTable(table) + Guards.unprotected(table) + Guards.roles(roles),
                List.of(Parts.grants(table, privileges, List.of(), roles)),
                "Table " + table + " is global: the application role may " + TablePrivilege.sql(privileges));
    }

    /**
     * Grants row privileges anew. Run it after adding a column to a protected table: UPDATE is granted column by column,
     * so a new column is not updatable by itself.
     *
     * @param table the table
     * @param tenantColumn its column with the tenant key, which stays not updatable
     * @param roles the roles; the owner is not used
     * @param privileges what the application role may do
     * @return the change {@code grantTenantTable}
     * @throws IllegalArgumentException if the column's name cannot be one
     */
    public static RlsChange grantTenantTable(
            TableName table, String tenantColumn, RoleNames roles, Set<TablePrivilege> privileges) {
        Quoting.checkIdentifier("column", tenantColumn);
        return new TableChange(
                "grantTenantTable",
                table,
                Guards.ordinaryTable(table) + Guards.tenantColumn(table, tenantColumn) + Guards.roles(roles),
                List.of(Parts.grants(table, privileges, List.of(tenantColumn), roles)),
                "The application role may " + TablePrivilege.sql(privileges) + " on " + table + ", but not move a row"
                        + " to another tenant");
    }

    /** The whole set. The columns are the tenant column, or those of the foreign key of a child. */
    private static RlsChange protect(
            String change,
            Rows rows,
            boolean partitioned,
            TableName table,
            List<String> columns,
            RoleNames roles,
            Set<TablePrivilege> privileges) {
        boolean child = rows == Rows.CHILD;
        if (child) {
            checkForeignKey(table, columns);
        } else {
            Quoting.checkIdentifier("column", columns.getFirst());
        }
        List<Part> parts = new ArrayList<>();
        parts.add(
                child
                        ? Policies.registerChild(table, columns)
                        : Policies.register(table, rows.name(), columns.getFirst()));
        if (!child) {
            parts.add(Parts.tenantDefault(table, columns.getFirst()));
        }
        if (rows != Rows.MIXED) {
            if (partitioned) {
                parts.add(Partitions.keepNotNull(columns));
            }
            parts.add(Parts.notNull(table, columns));
        }
        parts.add(Parts.index(change, table, columns));
        parts.add(Parts.grants(table, privileges, child ? List.of() : columns, roles));
        parts.add(Policies.tenantPolicies(table, roles.application()));
        parts.add(Policies.adminPolicy(table, roles.admin()));
        if (partitioned) {
            parts.add(Partitions.close(table, roles));
        }
        parts.add(Parts.rowSecurity(table, true));
        parts.add(Policies.unregister(table));
        return new TableChange(
                change,
                table,
                (partitioned ? Guards.partitionedTable(table) : Guards.ordinaryTable(table))
                        + guards(rows, table, columns)
                        + Guards.roles(roles),
                parts,
                "Table " + table + " is protected: each tenant reaches only " + reach(rows, columns)
                        + (partitioned ? ", and no partition directly" : ""));
    }

    private static String guards(Rows rows, TableName table, List<String> columns) {
        return switch (rows) {
            case TENANT ->
                Guards.tenantColumn(table, columns.getFirst()) + Guards.noRowWithoutTenant(table, columns.getFirst());
            case MIXED -> Guards.tenantColumn(table, columns.getFirst()) + Guards.nullable(table, columns.getFirst());
            case CHILD -> Guards.foreignKeyColumns(table, columns);
        };
    }

    private static String reach(Rows rows, List<String> columns) {
        String names = String.join(", ", columns);
        return switch (rows) {
            case TENANT -> "its own rows by " + names;
            case MIXED -> "its own rows by " + names + ", and reads the shared ones";
            case CHILD -> "the rows whose " + names + " points at a row of its own";
        };
    }

    static void checkForeignKey(TableName table, List<String> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("The child table " + table
                    + " needs the columns of the foreign key to its parent: foreignKeyColumns.");
        }
        columns.forEach(column -> Quoting.checkIdentifier("column", column));
        if (table.table().startsWith(PolicyName.PARENT_ALIAS)) {
            throw new IllegalArgumentException("The child table " + table + " has a name that begins with "
                    + PolicyName.PARENT_ALIAS + ", by which its policies would call its parents. Rename it.");
        }
    }
}
