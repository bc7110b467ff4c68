package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.CatalogCheck;
import dev.boundary.rls.internal.catalog.CatalogForeignKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table that holds rows: an ordinary or a partitioned one, but not a partition. Immutable.
 *
 * @param name its name
 * @param columns its columns in their order
 * @param key the columns of the primary key, or empty without one
 * @param foreignKeys the foreign keys that it has, without those to a partition
 * @param checks what its rows must satisfy
 */
public record TypedTable(
        TableName name,
        List<TypedColumn> columns,
        List<String> key,
        List<CatalogForeignKey> foreignKeys,
        List<CatalogCheck> checks) {

    /** Copies the lists. */
    public TypedTable {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        foreignKeys = List.copyOf(foreignKeys);
        checks = List.copyOf(checks);
    }

    /**
     * Finds a column.
     *
     * @param column its name, unquoted
     * @return the column
     * @throws IllegalArgumentException if the table has no such column
     */
    public TypedColumn column(String column) {
        return columns.stream()
                .filter(candidate -> candidate.name().equals(column))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("Table " + name + " has no column \"" + column + "\". It has "
                                + columns.stream().map(TypedColumn::name).toList() + "."));
    }

    /**
     * All columns as texts.
     *
     * @return SQL for a select list
     */
    public String columnsAsText() {
        return columns.stream().map(TypedColumn::asText).collect(Collectors.joining(", "));
    }

    /** The values of a row that was read by {@link #columnsAsText}, by column. */
    Map<String, @Nullable String> byColumn(List<@Nullable String> row) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i).name(), row.get(i));
        }
        return values;
    }
}
