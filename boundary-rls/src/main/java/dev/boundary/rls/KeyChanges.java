package dev.boundary.rls;

import static dev.boundary.rls.PlpgsqlBlock.lines;

import dev.boundary.rls.internal.sql.Quoting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes that put the tenant into the keys of a table. Policies do not apply to unique and foreign keys: without the
 * tenant a key tells one tenant what another has, and a foreign key refers to another tenant's row.
 *
 * @param table the table
 * @param tenantColumn its column with the tenant key
 * @since 0.1
 */
public record KeyChanges(TableName table, String tenantColumn) {

    /**
     * Checks the column.
     *
     * @throws IllegalArgumentException if its name cannot be one
     */
    public KeyChanges {
        Quoting.checkIdentifier("column", tenantColumn);
    }

    /**
     * Puts the tenant in front of the primary key, so that an insert does not tell one tenant that another has a row
     * with the same key. Foreign keys that refer to the old key must have become composite before.
     *
     * @return the change {@code addTenantPrimaryKey}
     */
    public RlsChange addTenantPrimaryKey() {
        TableGuards guards = new TableGuards(table);
        return new TableChange(
                "addTenantPrimaryKey",
                table,
                lines(guards.owned(), guards.tenantColumn(tenantColumn), guards.noRowWithoutTenant(tenantColumn)),
                List.of(
                        new TableSteps(table).notNull(List.of(tenantColumn)),
                        new KeySteps(table, tenantColumn).primaryKey()),
                "The primary key of " + table + " begins with " + tenantColumn);
    }

    /**
     * Makes columns unique for each tenant. A unique constraint or index on just these columns is replaced; a unique
     * index of the new shape that is there already, for example built CONCURRENTLY, is used.
     *
     * @param columns the other columns
     * @param constraintName the name of a new constraint, or null for one made from the columns; one that is replaced
     *     keeps its name
     * @return the change {@code addTenantUnique}
     * @throws IllegalArgumentException if there is no column, or a name cannot be one
     */
    public RlsChange addTenantUnique(List<String> columns, @Nullable String constraintName) {
        checkColumns(columns);
        return new TableChange(
                "addTenantUnique",
                table,
                guards(columns),
                List.of(new KeySteps(table, tenantColumn).unique(columns, constraintName)),
                "In " + table + ", " + String.join(", ", columns) + " is unique for each " + tenantColumn);
    }

    /**
     * Adds a foreign key that names the tenant on both sides, in place of the one on just these columns if there is
     * one. Rows that refer to another tenant's row make it fail.
     *
     * @param columns the other columns
     * @param referenced the referenced table; null to take it from the foreign key that is replaced
     * @param referencedTenantColumn the tenant column there
     * @param referencedColumns the other columns there; empty to take them from the foreign key that is replaced
     * @param constraintName the name, or null for that of the foreign key that is replaced or one made from the columns
     * @return the change {@code addTenantForeignKey}
     * @throws IllegalArgumentException if there is no column, a name cannot be one, or the referenced columns are named
     *     without their table or are not as many
     */
    public RlsChange addTenantForeignKey(
            List<String> columns,
            @Nullable TableName referenced,
            String referencedTenantColumn,
            List<String> referencedColumns,
            @Nullable String constraintName) {
        checkColumns(columns);
        TenantForeignKey.Target target =
                new TenantForeignKey.Target(referenced, referencedTenantColumn, referencedColumns);
        target.checkFits(columns);
        String name = "addTenantForeignKey";
        TenantForeignKey key = new TenantForeignKey(table, tenantColumn, columns, target, constraintName);
        return new TableChange(
                name,
                table,
                guards(columns),
                List.of(key.step(), new TableSteps(table).index(name, key.indexColumns())),
                "The foreign key of " + table + " on " + String.join(", ", columns) + " names the tenant");
    }

    private void checkColumns(List<String> columns) {
        if (columns.isEmpty() || columns.contains(tenantColumn)) {
            throw new IllegalArgumentException("The columns " + columns + " of " + table
                    + " must be at least one, without the tenant column \"" + tenantColumn + "\", which is added.");
        }
        columns.forEach(column -> Quoting.checkIdentifier("column", column));
    }

    private String guards(List<String> columns) {
        TableGuards guards = new TableGuards(table);
        return lines(
                guards.owned(),
                guards.tenantColumn(tenantColumn),
                lines(columns.stream().map(guards::column).toArray(String[]::new)));
    }
}
