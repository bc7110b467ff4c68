package dev.boundary.tenants;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The number of rows in each table. Immutable.
 *
 * @param byTable the number for each table by its name with its schema, {@code public.booking}, sorted by name; tables
 *     without rows are there with 0; unmodifiable
 * @since 0.1
 */
public record RowCounts(Map<String, Long> byTable) {

    /** Copies the numbers. */
    public RowCounts {
        byTable = Collections.unmodifiableMap(new TreeMap<>(byTable));
    }

    /**
     * The rows of all tables.
     *
     * @return the sum
     */
    public long total() {
        return byTable.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * The tables that have rows.
     *
     * @return the same without the tables that have none
     */
    public RowCounts nonEmpty() {
        Map<String, Long> filled = new TreeMap<>(byTable);
        filled.values().removeIf(rows -> rows == 0);
        return new RowCounts(filled);
    }

    @Override
    public String toString() {
        return byTable.toString();
    }
}
