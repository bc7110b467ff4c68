package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.CatalogCheck;
import dev.boundary.rls.internal.catalog.CatalogColumn;
import dev.boundary.rls.internal.catalog.CatalogForeignKey;
import dev.boundary.rls.internal.catalog.CatalogTable;
import dev.boundary.rls.internal.catalog.DatabaseCatalog;
import dev.boundary.rls.internal.catalog.DatabaseCatalogReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The tables of a database, without those of PostgreSQL, of Boundary and of extensions. Immutable. */
public final class TypedCatalog {

    private final Map<TableName, TypedTable> tables;

    private TypedCatalog(Map<TableName, TypedTable> tables) {
        this.tables = tables;
    }

    /**
     * Reads the catalog.
     *
     * @param connection a connection of a role that may see every table, in autocommit
     * @return the tables
     * @throws SQLException if the catalog cannot be read
     */
    public static TypedCatalog read(Connection connection) throws SQLException {
        DatabaseCatalogReader reader = new DatabaseCatalogReader(connection);
        DatabaseCatalog catalog = reader.userTables();
        Map<TableName, List<CatalogCheck>> checks = reader.checks(catalog);
        TypeReader types = new TypeReader(connection);
        Map<TableName, TypedTable> tables = new LinkedHashMap<>();
        for (CatalogTable table : catalog.tables()) {
            List<CatalogForeignKey> foreignKeys = table.foreignKeys().stream()
                    .filter(Predicate.not(CatalogForeignKey::toPartition))
                    .toList();
            List<CatalogCheck> ofTable = checks.getOrDefault(table.name(), List.of());
            tables.put(
                    table.name(),
                    new TypedTable(table.name(), columns(table, types), table.primaryKey(), foreignKeys, ofTable));
        }
        return new TypedCatalog(tables);
    }

    private static List<TypedColumn> columns(CatalogTable table, TypeReader types) throws SQLException {
        List<TypedColumn> columns = new ArrayList<>();
        for (CatalogColumn column : table.columns()) {
            columns.add(new TypedColumn(
                    column, types.read(column.type().oid(), column.type().modifier())));
        }
        return columns;
    }

    /**
     * The tables.
     *
     * @return the tables, sorted by schema and name; unmodifiable
     */
    public List<TypedTable> tables() {
        return List.copyOf(tables.values());
    }

    /**
     * Finds a table.
     *
     * @param name its name
     * @return the table, or empty if the database has none of that name
     */
    public Optional<TypedTable> find(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }
}
