package dev.boundary.rls.internal.catalog;

import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.RowQuery.RowMapper;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the structure of tables from PostgreSQL's catalog, by the same number of statements however many tables there
 * are.
 *
 * <p>Meanwhile the connection's search path holds the catalog alone, so that names are printed with their schemas
 * whatever it was. It is restored at the end. In a transaction, a failure leaves that to the rollback.
 *
 * <p>Not safe for use by several threads at a time, as the connection is not.
 */
public final class DatabaseCatalogReader {

    private static final SqlFile SQL = SqlFile.of(DatabaseCatalogReader.class);
    private static final String CATALOG_ONLY = "pg_catalog, pg_temp";

    private final Connection connection;

    /**
     * A reader on a connection.
     *
     * @param connection a connection of any role; not closed
     */
    public DatabaseCatalogReader(Connection connection) {
        this.connection = connection;
    }

    /**
     * Reads some tables.
     *
     * @param names the ordinary and partitioned tables to read, partitions among them
     * @return those of them that the database has
     * @throws SQLException if the catalog cannot be read
     */
    public DatabaseCatalog tables(Collection<TableName> names) throws SQLException {
        return withCatalogOnly(() -> read(list(
                "named-tables",
                DatabaseCatalogReader::identity,
                texts(names.stream().map(TableName::schema).toArray()),
                texts(names.stream().map(TableName::table).toArray()))));
    }

    /**
     * Reads every ordinary and partitioned table that is not a partition and does not belong to PostgreSQL, Boundary or
     * an extension.
     *
     * @return the tables
     * @throws SQLException if the catalog cannot be read
     */
    public DatabaseCatalog userTables() throws SQLException {
        return withCatalogOnly(() -> read(list("user-tables", DatabaseCatalogReader::identity)));
    }

    /**
     * Reads what rows must satisfy: check constraints, and that a partition takes them.
     *
     * @param catalog the tables
     * @return the checks of each table that has any
     * @throws SQLException if the catalog cannot be read
     */
    public Map<TableName, List<CatalogCheck>> checks(DatabaseCatalog catalog) throws SQLException {
        Map<Long, CatalogTable> tables = new HashMap<>();
        catalog.tables().forEach(table -> tables.put(table.oid(), table));
        Array oids = connection.createArrayOf("oid", tables.keySet().toArray());
        Map<TableName, List<CatalogCheck>> checks = new HashMap<>();
        return withCatalogOnly(() -> {
            list("checks", DatabaseCatalogReader::check, oids)
                    .forEach(entry -> add(checks, table(tables, entry).name(), entry.value()));
            list("partition-bounds", row -> new Entry<>(row.getLong(1), row.getString(2)), oids)
                    .forEach(entry -> add(
                            checks, table(tables, entry).name(), partitionBounds(table(tables, entry), entry.value())));
            return checks;
        });
    }

    /** Something of the table with that oid. */
    private record Entry<T>(long oid, T value) {}

    private record Identity(long oid, TableName name, boolean partitioned) {}

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws SQLException;
    }

    private DatabaseCatalog read(List<Identity> tables) throws SQLException {
        Array oids = connection.createArrayOf(
                "oid", tables.stream().map(Identity::oid).toArray());
        Map<Long, List<CatalogColumn>> columns = byTable(list("columns", DatabaseCatalogReader::column, oids));
        Map<Long, List<CatalogKey>> keys = byTable(list("unique-indexes", DatabaseCatalogReader::key, oids));
        List<CatalogForeignKey> foreignKeys = list("foreign-keys", DatabaseCatalogReader::foreignKey, oids, oids);
        Map<TableName, List<CatalogForeignKey>> ofTables = new HashMap<>();
        foreignKeys.forEach(key -> add(ofTables, key.table(), key));
        return new DatabaseCatalog(
                tables.stream()
                        .map(table -> new CatalogTable(
                                table.oid(),
                                table.name(),
                                table.partitioned(),
                                columns.getOrDefault(table.oid(), List.of()),
                                keys.getOrDefault(table.oid(), List.of()),
                                ofTables.getOrDefault(table.name(), List.of())))
                        .toList(),
                foreignKeys);
    }

    private <T> List<T> list(String query, RowMapper<T> mapper, Array... values) throws SQLException {
        return RowQuery.list(connection, SQL.text(query), mapper, values);
    }

    private Array texts(Object... values) throws SQLException {
        return connection.createArrayOf("text", values);
    }

    private static Identity identity(ResultSet row) throws SQLException {
        return new Identity(row.getLong(1), new TableName(row.getString(2), row.getString(3)), row.getBoolean(4));
    }

    private static Entry<CatalogColumn> column(ResultSet row) throws SQLException {
        CatalogType type =
                new CatalogType(row.getLong(3), row.getInt(4), row.getString(5), row.getString(6), row.getString(7));
        return new Entry<>(
                row.getLong(1),
                new CatalogColumn(
                        row.getString(2),
                        type,
                        row.getBoolean(8),
                        row.getBoolean(9),
                        row.getString(10),
                        row.getBoolean(11),
                        row.getBoolean(12),
                        row.getString(13)));
    }

    private static Entry<CatalogKey> key(ResultSet row) throws SQLException {
        return new Entry<>(row.getLong(1), new CatalogKey(row.getBoolean(2), RowQuery.names(row, 3)));
    }

    private static CatalogForeignKey foreignKey(ResultSet row) throws SQLException {
        return new CatalogForeignKey(
                row.getString(1),
                new TableName(row.getString(2), row.getString(3)),
                RowQuery.names(row, 6),
                new TableName(row.getString(4), row.getString(5)),
                RowQuery.names(row, 7),
                RowQuery.names(row, 8),
                row.getBoolean(9),
                row.getBoolean(10),
                ReferentialAction.of(row.getString(11)),
                row.getBoolean(12));
    }

    private static Entry<CatalogCheck> check(ResultSet row) throws SQLException {
        return new Entry<>(
                row.getLong(1), new CatalogCheck(row.getString(2), row.getString(3), RowQuery.names(row, 4)));
    }

    /** PostgreSQL does not record which columns bounds compare; a column too many does no harm. */
    private static CatalogCheck partitionBounds(CatalogTable table, String bounds) {
        List<String> columns = table.columns().stream()
                .map(CatalogColumn::name)
                .filter(bounds::contains)
                .toList();
        return new CatalogCheck(CatalogCheck.PARTITION_BOUNDS, bounds, columns);
    }

    private static CatalogTable table(Map<Long, CatalogTable> tables, Entry<?> entry) {
        return Objects.requireNonNull(tables.get(entry.oid()));
    }

    private static <T> Map<Long, List<T>> byTable(List<Entry<T>> entries) {
        Map<Long, List<T>> lists = new HashMap<>();
        entries.forEach(entry -> add(lists, entry.oid(), entry.value()));
        return lists;
    }

    private static <K, T> void add(Map<K, List<T>> lists, K key, T value) {
        lists.computeIfAbsent(key, absent -> new ArrayList<>()).add(value);
    }

    private <T> T withCatalogOnly(Reading<T> reading) throws SQLException {
        String path = Jdbc.value(connection, "select pg_catalog.current_setting('search_path')");
        setSearchPath(CATALOG_ONLY);
        T result;
        try {
            result = reading.read();
        } catch (SQLException e) {
            restoreAfter(e, path);
            throw e;
        }
        setSearchPath(path);
        return result;
    }

    /** A failed transaction accepts no statement, and its rollback restores the path. */
    private void restoreAfter(SQLException failure, @Nullable String path) {
        try {
            if (connection.getAutoCommit()) {
                setSearchPath(path);
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * A setting for the transaction would end with the statement that makes it where each is a transaction of its own.
     */
    private void setSearchPath(@Nullable String path) throws SQLException {
        Jdbc.run(connection, "select pg_catalog.set_config('search_path', ?, ?)", path, !connection.getAutoCommit());
    }
}
