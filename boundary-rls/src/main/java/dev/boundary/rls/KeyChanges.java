package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Changes that put the tenant into keys. Policies do not apply to unique and foreign keys: without the tenant a key tells
 * one tenant what another has, and a foreign key points at another tenant's row.
 */
public final class KeyChanges {

    private KeyChanges() {}

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
        Quoting.checkIdentifier("column", tenantColumn);
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
                guards(table, tenantColumn, columns),
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
                guards(table, tenantColumn, columns),
                List.of(key.part(), Parts.index(name, table, key.indexColumns())),
                "The foreign key of " + table + " on " + String.join(", ", columns) + " names the tenant");
    }

    private static void checkColumns(TableName table, String tenantColumn, List<String> columns) {
        Quoting.checkIdentifier("column", tenantColumn);
        if (columns.isEmpty() || columns.contains(tenantColumn)) {
            throw new IllegalArgumentException("The columns " + columns + " of " + table
                    + " must be at least one, without the tenant column \"" + tenantColumn + "\", which is added.");
        }
        columns.forEach(column -> Quoting.checkIdentifier("column", column));
    }

    private static String guards(TableName table, String tenantColumn, List<String> columns) {
        return Guards.owned(table, "table")
                + Guards.tenantColumn(table, tenantColumn)
                + columns.stream().map(column -> Guards.column(table, column)).collect(Collectors.joining());
    }
}
