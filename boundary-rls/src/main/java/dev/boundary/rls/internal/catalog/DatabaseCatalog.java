package dev.boundary.rls.internal.catalog;

import dev.boundary.rls.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The structure of some tables of a database, read at once by {@link DatabaseCatalogReader}. Immutable. */
public final class DatabaseCatalog {

    private final Map<TableName, CatalogTable> tables = new LinkedHashMap<>();
    private final List<CatalogForeignKey> foreignKeys;

    DatabaseCatalog(List<CatalogTable> tables, List<CatalogForeignKey> foreignKeys) {
        tables.forEach(table -> this.tables.put(table.name(), table));
        this.foreignKeys = List.copyOf(foreignKeys);
    }

    /**
     * The tables.
     *
     * @return the tables, sorted by schema and name; unmodifiable
     */
    public List<CatalogTable> tables() {
        return List.copyOf(tables.values());
    }

    /**
     * Finds a table.
     *
     * @param name its name
     * @return the table, or empty if the database has no such table or it was not asked for
     */
    public Optional<CatalogTable> find(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }

    /**
     * The foreign keys of the tables, and those of other tables that reference them.
     *
     * @return the foreign keys, sorted by table and name; unmodifiable
     */
    public List<CatalogForeignKey> foreignKeys() {
        return foreignKeys;
    }
}
