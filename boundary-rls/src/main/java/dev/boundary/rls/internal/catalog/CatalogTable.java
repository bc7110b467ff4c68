package dev.boundary.rls.internal.catalog;

import dev.boundary.rls.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The structure of a table. Immutable.
 *
 * @param oid its oid
 * @param name its name
 * @param partitioned whether it is partitioned
 * @param columns its columns in their order
 * @param keys its unique indexes, the primary key first
 * @param foreignKeys the foreign keys it has
 */
public record CatalogTable(
        long oid,
        TableName name,
        boolean partitioned,
        List<CatalogColumn> columns,
        List<CatalogKey> keys,
        List<CatalogForeignKey> foreignKeys) {

    /** Copies the lists. */
    public CatalogTable {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /**
     * The primary key.
     *
     * @return its columns in their order; empty without a primary key
     */
    public List<String> primaryKey() {
        return keys.stream()
                .filter(CatalogKey::primary)
                .findFirst()
                .map(CatalogKey::columns)
                .orElse(List.of());
    }

    /**
     * The columns of all unique indexes.
     *
     * @return the columns, those of the primary key among them
     */
    public Set<String> uniqueColumns() {
        return keys.stream().flatMap(key -> key.columns().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Finds a column.
     *
     * @param column its name, unquoted
     * @return the column, or empty if the table has no such column
     */
    public Optional<CatalogColumn> column(String column) {
        return columns.stream()
                .filter(candidate -> candidate.name().equals(column))
                .findFirst();
    }
}
