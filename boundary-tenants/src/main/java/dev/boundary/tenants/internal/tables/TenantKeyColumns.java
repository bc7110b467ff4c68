package dev.boundary.tenants.internal.tables;

import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.CatalogForeignKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The columns that hold a tenant key: tenant columns, and the columns of foreign keys that reference one of them, and
 * so also the tenant's part of a composite key in a child.
 */
public final class TenantKeyColumns {

    private final Map<TableName, Set<String>> columns = new HashMap<>();

    private TenantKeyColumns() {}

    /**
     * Finds the columns.
     *
     * @param model the tables
     * @return the columns
     */
    public static TenantKeyColumns of(TenantDataModel model) {
        TenantKeyColumns columns = new TenantKeyColumns();
        columns.addTenantColumns(model);
        while (columns.followForeignKeys(model)) {
            // A column that was just found may be referenced itself.
        }
        return columns;
    }

    private void addTenantColumns(TenantDataModel model) {
        for (TenantDataTable table : model.tables()) {
            String tenantColumn = table.tenantColumn();
            if (tenantColumn != null) {
                add(table.name(), tenantColumn);
            }
        }
    }

    /** Returns true if that found a column. */
    private boolean followForeignKeys(TenantDataModel model) {
        boolean found = false;
        for (CatalogForeignKey key : model.innerForeignKeys()) {
            for (int i = 0; i < key.columns().size(); i++) {
                found |= contains(key.target(), key.targetColumns().get(i))
                        && add(key.table(), key.columns().get(i));
            }
        }
        return found;
    }

    private boolean add(TableName table, String column) {
        return columns.computeIfAbsent(table, name -> new HashSet<>()).add(column);
    }

    /**
     * Whether a column holds a tenant key.
     *
     * @param table the table
     * @param column the column, unquoted
     * @return true if it does
     */
    public boolean contains(TableName table, String column) {
        return columns.getOrDefault(table, Set.of()).contains(column);
    }

    /**
     * Whether a foreign key includes the tenant, so that it cannot join rows of two tenants.
     *
     * @param key the foreign key
     * @return true if one of its pairs of columns is a pair of tenant keys
     */
    public boolean includedIn(CatalogForeignKey key) {
        return IntStream.range(0, key.columns().size())
                .anyMatch(i -> contains(key.table(), key.columns().get(i))
                        && contains(key.target(), key.targetColumns().get(i)));
    }
}
