package dev.boundary.tenants.internal.tables;

import dev.boundary.core.TableKind;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.CatalogColumn;
import dev.boundary.rls.internal.catalog.CatalogForeignKey;
import dev.boundary.rls.internal.catalog.CatalogTable;
import dev.boundary.rls.internal.catalog.ProtectedTable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A protected table as it is in the database. Immutable.
 *
 * @param structure its columns and keys
 * @param protection how its rows find their tenant
 * @param toParent the foreign key by which a child references its parent, else null
 */
public record TenantDataTable(
        CatalogTable structure,
        ProtectedTable protection,
        @Nullable CatalogForeignKey toParent) {

    /**
     * The table's name.
     *
     * @return the name
     */
    public TableName name() {
        return structure.name();
    }

    /**
     * How rows find their tenant.
     *
     * @return {@link TableKind#TENANT}, {@link TableKind#CHILD} or {@link TableKind#MIXED}
     */
    public TableKind kind() {
        return protection.kind();
    }

    /**
     * The column with the tenant key.
     *
     * @return the column, or null in a child
     */
    public @Nullable String tenantColumn() {
        return protection.tenantColumn();
    }

    /**
     * The columns of the primary key.
     *
     * @return the columns in their order; empty without a primary key
     */
    public List<String> primaryKey() {
        return structure.primaryKey();
    }

    /**
     * The foreign keys of the table, to protected tables and to others.
     *
     * @return the keys, unmodifiable
     */
    public List<CatalogForeignKey> foreignKeys() {
        return structure.foreignKeys();
    }

    /**
     * The table in FROM: with its partitions, but without tables that inherit from it, which its policies do not
     * protect.
     *
     * @return the name, quoted
     */
    public String from() {
        return structure.partitioned() ? name().quoted() : "only " + name().quoted();
    }

    /**
     * The columns that an archive has: all but the generated ones.
     *
     * @return the columns in their order
     */
    public List<CatalogColumn> dataColumns() {
        return structure.columns().stream()
                .filter(column -> !column.generated())
                .toList();
    }

    /**
     * Whether rows find their tenant by a foreign key.
     *
     * @param key the foreign key
     * @return true if it is the one that leads to the parent
     */
    public boolean findsTenantBy(CatalogForeignKey key) {
        return key.equals(toParent);
    }

    /**
     * Finds a column.
     *
     * @param column its name, unquoted
     * @return the column, or empty if the table has no such column
     */
    public Optional<CatalogColumn> column(String column) {
        return structure.column(column);
    }
}
