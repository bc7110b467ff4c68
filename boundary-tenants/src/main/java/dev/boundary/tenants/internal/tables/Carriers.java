package dev.boundary.tenants.internal.tables;

import dev.boundary.rls.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The columns that hold a tenant key: tenant columns, and the columns of foreign keys that refer to one of them, so also
 * the tenant's part of a composite key in a child.
 */
public final class Carriers {

    private final Map<TableName, Set<String>> columns = new HashMap<>();

    private Carriers() {}

    /**
     * Finds them.
     *
     * @param tables the tables
     * @return the columns
     */
    public static Carriers of(TenantTables tables) {
        Carriers carriers = new Carriers();
        for (TenantTable table : tables.tables()) {
            String tenantColumn = table.tenantColumn();
            if (tenantColumn != null) {
                carriers.add(table.name(), tenantColumn);
            }
        }
        boolean grown = true;
        while (grown) {
            grown = false;
            for (ForeignKey key : tables.innerForeignKeys()) {
                for (int i = 0; i < key.columns().size(); i++) {
                    grown |= carriers.has(key.target(), key.targetColumns().get(i))
                            && carriers.add(key.table(), key.columns().get(i));
                }
            }
        }
        return carriers;
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
    public boolean has(TableName table, String column) {
        return columns.getOrDefault(table, Set.of()).contains(column);
    }

    /**
     * Whether a foreign key includes the tenant, so that it cannot join rows of two tenants.
     *
     * @param key the key
     * @return true if one of its pairs is a pair of tenant keys
     */
    public boolean joins(ForeignKey key) {
        for (int i = 0; i < key.columns().size(); i++) {
            if (has(key.table(), key.columns().get(i))
                    && has(key.target(), key.targetColumns().get(i))) {
                return true;
            }
        }
        return false;
    }
}
