package dev.boundary.testing.internal.catalog;

import java.util.List;

/**
 * A table that holds rows: an ordinary or a partitioned one, but not a partition.
 *
 * @param name its name
 * @param columns its columns in their order
 * @param key the columns of the primary key, or empty without one
 * @param foreignKeys what it refers to
 * @param checks what its rows must satisfy
 */
public record Table(
        QualifiedName name, List<Column> columns, List<String> key, List<ForeignKey> foreignKeys, List<Check> checks) {

    /**
     * Finds a column.
     *
     * @param column its name, unquoted
     * @return the column
     * @throws IllegalArgumentException if the table has no such column
     */
    public Column column(String column) {
        return columns.stream()
                .filter(candidate -> candidate.name().equals(column))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Table " + name + " has no column \"" + column
                        + "\". It has " + columns.stream().map(Column::name).toList() + "."));
    }

    /**
     * Whether it has a column.
     *
     * @param column its name, unquoted
     * @return true if it has
     */
    public boolean has(String column) {
        return columns.stream().anyMatch(candidate -> candidate.name().equals(column));
    }
}
