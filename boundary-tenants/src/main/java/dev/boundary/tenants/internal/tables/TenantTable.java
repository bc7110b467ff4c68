package dev.boundary.tenants.internal.tables;

import dev.boundary.rls.TableName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table with rows of tenants.
 *
 * @param oid its oid
 * @param name its name
 * @param classification how its rows find their tenant
 * @param tenantColumn the column with the tenant key, or null in a child
 * @param toParent the foreign key by which a child finds its tenant, else null
 * @param partitioned whether it is partitioned
 * @param columns its columns in their order
 * @param primaryKey the columns of its primary key, or empty without one
 * @param uniqueColumns the columns of its unique indexes, the primary key's among them
 * @param foreignKeys what it refers to, tables of tenants and others
 */
public record TenantTable(
        long oid,
        TableName name,
        Classification classification,
        @Nullable String tenantColumn,
        @Nullable ForeignKey toParent,
        boolean partitioned,
        List<Column> columns,
        List<String> primaryKey,
        List<String> uniqueColumns,
        List<ForeignKey> foreignKeys) {

    /**
     * The table in FROM. Its own rows and those of its partitions, but of no table that inherits from it: that one is
     * not protected by this one's policies.
     *
     * @return the name, quoted
     */
    public String from() {
        return partitioned ? name.quoted() : "only " + name.quoted();
    }

    /**
     * The columns that are written to a file and read back: all but the generated ones.
     *
     * @return the columns in their order
     */
    public List<Column> dataColumns() {
        return columns.stream().filter(column -> !column.generated()).toList();
    }

    /**
     * Finds a column.
     *
     * @param column its name, unquoted
     * @return the column, or empty if the table has no such column
     */
    public Optional<Column> column(String column) {
        return columns.stream()
                .filter(candidate -> candidate.name().equals(column))
                .findFirst();
    }
}
