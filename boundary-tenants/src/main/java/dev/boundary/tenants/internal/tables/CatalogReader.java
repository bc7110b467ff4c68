package dev.boundary.tenants.internal.tables;

import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.Installation;
import dev.boundary.rls.internal.catalog.InstallationUnavailableException;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.tenants.TenantDataException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the tables of tenants from the register of protected tables and the catalog. */
final class CatalogReader {

    private static final String CATALOG_ONLY = "pg_catalog, pg_temp";

    private final Connection connection;
    private final List<Registered> registered = new ArrayList<>();
    private final Map<Long, List<Column>> columns = new HashMap<>();
    private final Map<Long, List<String>> primaryKeys = new HashMap<>();
    private final Map<Long, Set<String>> uniqueColumns = new HashMap<>();
    private final List<ForeignKey> foreignKeys = new ArrayList<>();

    private CatalogReader(Connection connection) {
        this.connection = connection;
    }

    private record Registered(
            long oid,
            TableName name,
            boolean partitioned,
            Classification classification,
            @Nullable String tenantColumn,
            @Nullable TableName parent,
            List<String> childColumns) {}

    /** The setting is taken back, because what the caller sends next may rely on its own search path. */
    static TenantTables read(Connection connection) throws SQLException {
        Installation installation = installation(connection);
        CatalogReader reader = new CatalogReader(connection);
        String path = Jdbc.rows(connection, "select pg_catalog.current_setting('search_path')")
                .getFirst()
                .getFirst();
        setPath(connection, CATALOG_ONLY);
        reader.readTables();
        Array oids = connection.createArrayOf(
                "oid", reader.registered.stream().map(Registered::oid).toArray());
        reader.readColumns(oids);
        reader.readUnique(oids);
        reader.readForeignKeys(oids);
        setPath(connection, path);
        return new TenantTables(installation, reader.tables(), List.copyOf(reader.foreignKeys));
    }

    private static Installation installation(Connection connection) throws SQLException {
        try {
            return Installation.read(connection);
        } catch (InstallationUnavailableException e) {
            throw new TenantDataException(
                    "Boundary is not installed in this database, or this role may not read"
                            + " boundary.installation. Run the changes installBoundary and createBoundaryRoles, and connect as"
                            + " the application role.",
                    e);
        }
    }

    private static void setPath(Connection connection, @Nullable String path) throws SQLException {
        Jdbc.run(connection, "select pg_catalog.set_config('search_path', ?, true)", path);
    }

    private void readTables() throws SQLException {
        List<String> missing = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(CatalogSql.TABLES);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                TableName name = new TableName(rows.getString(1), rows.getString(2));
                long oid = rows.getLong(3);
                if (rows.wasNull()) {
                    missing.add("Table " + name + " is in boundary.protected_table and not in the database. If it was"
                            + " renamed, its rows would be missed: roll its protection back under the old name, and"
                            + " protect it under the new one.");
                    continue;
                }
                String parentSchema = rows.getString(7);
                registered.add(new Registered(
                        oid,
                        name,
                        rows.getBoolean(4),
                        Classification.valueOf(rows.getString(5)),
                        rows.getString(6),
                        parentSchema == null ? null : new TableName(parentSchema, rows.getString(8)),
                        names(rows, 9)));
            }
        }
        if (!missing.isEmpty()) {
            throw new TenantDataException("The tables of tenants are not known", missing);
        }
        if (registered.isEmpty()) {
            throw new TenantDataException("No table of this database is protected, so no table is known to have rows of"
                    + " tenants. Protect them (protectTenantTable and its sisters), or look whether this is the right"
                    + " database.");
        }
    }

    private void readColumns(Array oids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CatalogSql.COLUMNS)) {
            statement.setArray(1, oids);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String base = rows.getString(5);
                    columns.computeIfAbsent(rows.getLong(1), oid -> new ArrayList<>())
                            .add(new Column(
                                    rows.getString(2),
                                    rows.getString(3),
                                    rows.getString(4),
                                    kind(base),
                                    "uuid".equals(base),
                                    rows.getBoolean(6),
                                    rows.getBoolean(7),
                                    rows.getBoolean(8),
                                    rows.getBoolean(9),
                                    rows.getString(10)));
                }
            }
        }
    }

    private static Column.Kind kind(String baseType) {
        return switch (baseType) {
            case "smallint", "integer", "bigint", "real", "double precision", "numeric" -> Column.Kind.NUMBER;
            case "boolean" -> Column.Kind.BOOLEAN;
            case "text", "character varying", "character", "uuid" -> Column.Kind.TEXT;
            default -> Column.Kind.OTHER;
        };
    }

    private void readUnique(Array oids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CatalogSql.UNIQUE)) {
            statement.setArray(1, oids);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long oid = rows.getLong(1);
                    if (rows.getBoolean(2)) {
                        primaryKeys
                                .computeIfAbsent(oid, key -> new ArrayList<>())
                                .add(rows.getString(3));
                    }
                    uniqueColumns.computeIfAbsent(oid, key -> new TreeSet<>()).add(rows.getString(3));
                }
            }
        }
    }

    private void readForeignKeys(Array oids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CatalogSql.FOREIGN_KEYS)) {
            statement.setArray(1, oids);
            statement.setArray(2, oids);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    foreignKeys.add(new ForeignKey(
                            rows.getString(2),
                            new TableName(rows.getString(3), rows.getString(4)),
                            names(rows, 7),
                            new TableName(rows.getString(5), rows.getString(6)),
                            names(rows, 8),
                            names(rows, 9),
                            rows.getBoolean(10),
                            "f".equals(rows.getString(11)),
                            switch (rows.getString(12)) {
                                case "c" -> ForeignKey.OnDelete.CASCADE;
                                case "n", "d" -> ForeignKey.OnDelete.SET;
                                default -> ForeignKey.OnDelete.REFUSE;
                            }));
                }
            }
        }
    }

    private static List<String> names(ResultSet rows, int column) throws SQLException {
        Array array = rows.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private List<TenantTable> tables() {
        return registered.stream().map(this::table).toList();
    }

    private TenantTable table(Registered entry) {
        List<ForeignKey> own = foreignKeys.stream()
                .filter(key -> key.table().equals(entry.name()))
                .toList();
        return new TenantTable(
                entry.oid(),
                entry.name(),
                entry.classification(),
                entry.tenantColumn(),
                entry.parent() == null ? null : toParent(entry, own),
                entry.partitioned(),
                List.copyOf(columns.getOrDefault(entry.oid(), List.of())),
                List.copyOf(primaryKeys.getOrDefault(entry.oid(), List.of())),
                List.copyOf(uniqueColumns.getOrDefault(entry.oid(), Set.of())),
                own);
    }

    private static ForeignKey toParent(Registered entry, List<ForeignKey> own) {
        return own.stream()
                .filter(key -> key.target().equals(entry.parent())
                        && Set.copyOf(key.columns()).equals(Set.copyOf(entry.childColumns())))
                .findFirst()
                .orElseThrow(() -> new TenantDataException("Table " + entry.name() + " has lost the foreign key on "
                        + entry.childColumns() + " to " + entry.parent() + ", by which its rows find their tenant."
                        + " Create it again."));
    }
}
