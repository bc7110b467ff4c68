package dev.boundary.rls;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The changes to one table. Each refuses to start, with what to do next, on a table that it cannot make safe. */
public final class TableChanges {

    private TableChanges() {}

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
        Sql.checkIdentifier("column", tenantColumn);
        String name = "protectTenantTable";
        return new TableChange(
                name,
                table,
                Guards.ordinaryTable(table)
                        + Guards.tenantColumn(table, tenantColumn)
                        + Guards.noRowWithoutTenant(table, tenantColumn)
                        + Guards.roles(roles),
                List.of(
                        Policies.register(table, "TENANT", tenantColumn),
                        Parts.tenantDefault(table, tenantColumn),
                        Parts.notNull(table, List.of(tenantColumn)),
                        Parts.index(name, table, List.of(tenantColumn)),
                        Parts.grants(table, privileges, List.of(tenantColumn), roles),
                        Policies.tenantPolicies(table, roles.application()),
                        Policies.adminPolicy(table, roles.admin()),
                        Parts.rowSecurity(table, true),
                        Policies.unregister(table)),
                "Table " + table + " is protected: each tenant reaches only its own rows by " + tenantColumn);
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
        Sql.checkIdentifier("column", tenantColumn);
        String name = "protectMixedTable";
        return new TableChange(
                name,
                table,
                Guards.ordinaryTable(table)
                        + Guards.tenantColumn(table, tenantColumn)
                        + Guards.nullable(table, tenantColumn)
                        + Guards.roles(roles),
                List.of(
                        Policies.register(table, "MIXED", tenantColumn),
                        Parts.tenantDefault(table, tenantColumn),
                        Parts.index(name, table, List.of(tenantColumn)),
                        Parts.grants(table, privileges, List.of(tenantColumn), roles),
                        Policies.tenantPolicies(table, roles.application()),
                        Policies.adminPolicy(table, roles.admin()),
                        Parts.rowSecurity(table, true),
                        Policies.unregister(table)),
                "Table " + table + " is protected: each tenant reaches its own rows by " + tenantColumn
                        + " and reads the shared ones");
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
        checkForeignKey(table, foreignKeyColumns);
        String name = "protectChildTable";
        return new TableChange(
                name,
                table,
                Guards.ordinaryTable(table) + Guards.foreignKeyColumns(table, foreignKeyColumns) + Guards.roles(roles),
                List.of(
                        Policies.registerChild(table, foreignKeyColumns),
                        Parts.notNull(table, foreignKeyColumns),
                        Parts.index(name, table, foreignKeyColumns),
                        Parts.grants(table, privileges, List.of(), roles),
                        Policies.tenantPolicies(table, roles.application()),
                        Policies.adminPolicy(table, roles.admin()),
                        Parts.rowSecurity(table, true),
                        Policies.unregister(table)),
                "Table " + table + " is protected: each tenant reaches only the rows whose "
                        + String.join(", ", foreignKeyColumns) + " points at a row of its own");
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
        Sql.checkIdentifier("column", tenantColumn);
        String name = "protectPartitionedTable";
        return new TableChange(
                name,
                table,
                Guards.partitionedTable(table)
                        + Guards.tenantColumn(table, tenantColumn)
                        + Guards.noRowWithoutTenant(table, tenantColumn)
                        + Guards.roles(roles),
                List.of(
                        Policies.register(table, "TENANT", tenantColumn),
                        Parts.tenantDefault(table, tenantColumn),
                        Partitions.keepNotNull(tenantColumn),
                        Parts.notNull(table, List.of(tenantColumn)),
                        Parts.index(name, table, List.of(tenantColumn)),
                        Parts.grants(table, privileges, List.of(tenantColumn), roles),
                        Policies.tenantPolicies(table, roles.application()),
                        Policies.adminPolicy(table, roles.admin()),
                        Partitions.close(table, roles),
                        Parts.rowSecurity(table, true),
                        Policies.unregister(table)),
                "Partitioned table " + table + " is protected: each tenant reaches only its own rows by " + tenantColumn
                        + ", and no partition directly");
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
        checkForeignKey(table, foreignKeyColumns);
        Sql.checkIdentifier("application role", applicationRole);
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
        Sql.checkIdentifier("admin role", adminRole);
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
        Sql.checkIdentifier("column", tenantColumn);
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
        Sql.checkIdentifier("column", tenantColumn);
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
        Sql.checkIdentifier("column", tenantColumn);
        String name = "createTenantIndex";
        return new TableChange(
                name,
                table,
                Guards.ordinaryTable(table) + Guards.tenantColumn(table, tenantColumn),
                List.of(Parts.index(name, table, List.of(tenantColumn))),
                "Table " + table + " has an index led by " + tenantColumn);
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
        Sql.checkIdentifier("column", tenantColumn);
        return new TableChange(
                "grantTenantTable",
                table,
                Guards.ordinaryTable(table) + Guards.tenantColumn(table, tenantColumn) + Guards.roles(roles),
                List.of(Parts.grants(table, privileges, List.of(tenantColumn), roles)),
                "The application role may " + TablePrivilege.sql(privileges) + " on " + table + ", but not move a row"
                        + " to another tenant");
    }

    /**
     * Puts the tenant in front of the primary key, so that an insert does not tell one tenant that another has a row with
     * the same key. Foreign keys that refer to the old key must have become composite before.
     *
     * @param table the table
     * @param tenantColumn its column with the tenant key
     * @return the change {@code addTenantPrimaryKey}
     * @throws IllegalArgumentException if the column's name cannot be one
     */
    public static RlsChange addTenantPrimaryKey(TableName table, String tenantColumn) {
        Sql.checkIdentifier("column", tenantColumn);
        return new TableChange(
                "addTenantPrimaryKey",
                table,
                Guards.owned(table, "table")
                        + Guards.tenantColumn(table, tenantColumn)
                        + Guards.noRowWithoutTenant(table, tenantColumn),
                List.of(Parts.notNull(table, List.of(tenantColumn)), Keys.primaryKey(table, tenantColumn)),
                "The primary key of " + table + " begins with " + tenantColumn);
    }

    /**
     * Makes columns unique for each tenant. A unique constraint or index on just these columns is replaced; a unique index
     * of the new shape that is there already, for example built CONCURRENTLY, is used.
     *
     * @param table the table
     * @param tenantColumn its column with the tenant key
     * @param columns the other columns
     * @param constraintName the name of a new constraint, or null for one made from the columns; one that is replaced
     *     keeps its name
     * @return the change {@code addTenantUnique}
     * @throws IllegalArgumentException if there is no column, or a name cannot be one
     */
    public static RlsChange addTenantUnique(
            TableName table, String tenantColumn, List<String> columns, @Nullable String constraintName) {
        checkColumns(table, tenantColumn, columns);
        return new TableChange(
                "addTenantUnique",
                table,
                Guards.owned(table, "table")
                        + Guards.tenantColumn(table, tenantColumn)
                        + columns.stream()
                                .map(column -> Guards.column(table, column))
                                .collect(Collectors.joining()),
                List.of(Keys.unique(table, tenantColumn, columns, constraintName)),
                "In " + table + ", " + String.join(", ", columns) + " is unique for each " + tenantColumn);
    }

    /**
     * Adds a foreign key that names the tenant on both sides, in place of the one on just these columns if there is one.
     * Rows that refer to another tenant's row make it fail.
     *
     * @param table the referring table
     * @param tenantColumn its column with the tenant key
     * @param columns its other columns
     * @param referenced the referenced table; null to take it from the foreign key that is replaced
     * @param referencedTenantColumn the tenant column there
     * @param referencedColumns the other columns there; empty to take them from the foreign key that is replaced
     * @param constraintName the name, or null for that of the foreign key that is replaced or one made from the columns
     * @return the change {@code addTenantForeignKey}
     * @throws IllegalArgumentException if there is no column, a name cannot be one, or only one of referenced table and
     *     columns is given
     */
    public static RlsChange addTenantForeignKey(
            TableName table,
            String tenantColumn,
            List<String> columns,
            @Nullable TableName referenced,
            String referencedTenantColumn,
            List<String> referencedColumns,
            @Nullable String constraintName) {
        checkColumns(table, tenantColumn, columns);
        if (!referencedColumns.isEmpty() && (referenced == null || referencedColumns.size() != columns.size())) {
            throw new IllegalArgumentException(
                    "The referenced columns " + referencedColumns + " do not fit the columns " + columns
                            + ". Name the referenced table and as many columns, or neither.");
        }
        String name = "addTenantForeignKey";
        TenantForeignKey key = new TenantForeignKey(
                table, tenantColumn, columns, referenced, referencedTenantColumn, referencedColumns, constraintName);
        return new TableChange(
                name,
                table,
                Guards.owned(table, "table")
                        + Guards.tenantColumn(table, tenantColumn)
                        + columns.stream()
                                .map(column -> Guards.column(table, column))
                                .collect(Collectors.joining()),
                List.of(key.part(), Parts.index(name, table, key.indexColumns())),
                "The foreign key of " + table + " on " + String.join(", ", columns) + " names the tenant");
    }

    /**
     * Drops the trigger that {@link RetrofitTenantColumn} left for writers that do not name the tenant.
     *
     * @param table the table
     * @return the change {@code finishRetrofit}
     */
    public static RlsChange finishRetrofit(TableName table) {
        String trigger =
                "pg_catalog.pg_trigger where tgrelid = rel and tgname = '" + RetrofitTenantColumn.TRIGGER + "'";
        String remember = """
                insert into boundary.undo_step (change_id, statement)
                select this_change, pg_catalog.pg_get_triggerdef(oid) from %1$s;
                insert into boundary.undo_step (change_id, statement)
                select this_change, pg_catalog.pg_get_functiondef(tgfoid) from %1$s;
                """.formatted(trigger);
        String apply = Sql.block(
                "rel pg_catalog.regclass := " + Sql.literal(table.quoted())
                        + ";\nfilling pg_catalog.regprocedure := (select tgfoid from " + trigger + ");\n",
                "drop trigger " + RetrofitTenantColumn.TRIGGER + " on " + table.quoted()
                        + ";\nexecute pg_catalog.format('drop function %s', filling);\n");
        return new TableChange(
                "finishRetrofit",
                table,
                Guards.owned(table, "table")
                        + Guards.raise(
                                "not exists (select from " + trigger + ")",
                                "Table " + table + " has no trigger of retrofitTenantColumn",
                                "It was dropped already, or the table was not retrofitted."),
                List.of(Part.of("", remember, apply)),
                "Table " + table + " is written with its tenant named, or by its default");
    }

    private static void checkColumns(TableName table, String tenantColumn, List<String> columns) {
        Sql.checkIdentifier("column", tenantColumn);
        if (columns.isEmpty() || columns.contains(tenantColumn)) {
            throw new IllegalArgumentException("The columns " + columns + " of " + table
                    + " must be at least one, without the tenant column \"" + tenantColumn + "\", which is added.");
        }
        columns.forEach(column -> Sql.checkIdentifier("column", column));
    }

    private static RlsChange createPolicy(
            String name, String classification, TableName table, String tenantColumn, String applicationRole) {
        Sql.checkIdentifier("column", tenantColumn);
        Sql.checkIdentifier("application role", applicationRole);
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

    private static void checkForeignKey(TableName table, List<String> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("The child table " + table
                    + " needs the columns of the foreign key to its parent: foreignKeyColumns.");
        }
        columns.forEach(column -> Sql.checkIdentifier("column", column));
    }
}
