package dev.boundary.tenants.archive;

import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.Carriers;
import dev.boundary.tenants.internal.tables.Column;
import dev.boundary.tenants.internal.tables.ForeignKey;
import dev.boundary.tenants.internal.tables.TenantTable;
import dev.boundary.tenants.internal.tables.TenantTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tables that refer to each other in a circle by foreign keys that are checked at once: columns that may be null are
 * inserted as null, and set when all rows are there.
 */
final class LaterUpdates {

    private static final int BATCH = 1_000;

    private final List<List<TenantTable>> order;
    private final Map<TableName, Set<String>> columns = new HashMap<>();

    private LaterUpdates(List<List<TenantTable>> order) {
        this.order = order;
    }

    /** Among the tables with rows to import. Refused if a circle has no column that may be null. */
    static LaterUpdates plan(TenantTables tables, Carriers carriers, Map<TableName, TableImport> imports) {
        Set<ForeignKey> later = new HashSet<>();
        Predicate<ForeignKey> binding = key -> !key.deferrable()
                && !later.contains(key)
                && imports.containsKey(key.table())
                && imports.containsKey(key.target());
        for (List<TenantTable> group : tables.groups(binding)) {
            if (group.size() > 1) {
                for (TenantTable table : group) {
                    table.foreignKeys().stream()
                            .filter(binding)
                            .filter(key -> !key.ofItself()
                                    && group.stream()
                                            .anyMatch(other -> other.name().equals(key.target())))
                            .filter(key -> !nullable(table, key, carriers).isEmpty())
                            .forEach(later::add);
                }
            }
        }
        LaterUpdates updates = new LaterUpdates(tables.groups(binding));
        updates.order.stream().filter(group -> group.size() > 1).findFirst().ifPresent(group -> {
            throw new TenantDataException("The tables "
                    + group.stream().map(table -> table.name().toString()).toList()
                    + " refer to each other in a circle, and no row can be the first: no foreign key among them is"
                    + " deferrable or has a column that may be null, in a table with a primary key. Run: alter table ..."
                    + " alter constraint ... deferrable");
        });
        later.forEach(key -> updates.columns
                .computeIfAbsent(key.table(), name -> new TreeSet<>())
                .addAll(nullable(tables.find(key.table()).orElseThrow(), key, carriers)));
        return updates;
    }

    private static List<String> nullable(TenantTable table, ForeignKey key, Carriers carriers) {
        List<String> free = key.columns().stream()
                .filter(name -> !carriers.has(table.name(), name))
                .filter(name -> !table.primaryKey().contains(name))
                .filter(name ->
                        table.column(name).filter(column -> !column.notNull()).isPresent())
                .toList();
        boolean enough = !key.matchFull() || free.size() == key.columns().size();
        return enough && !table.primaryKey().isEmpty() ? free : List.of();
    }

    /** The tables, each after those it refers to. */
    List<TenantTable> order() {
        return order.stream().flatMap(List::stream).toList();
    }

    boolean concern(TenantTable table) {
        return columns.containsKey(table.name());
    }

    void requirePrivileges(Connection connection) throws SQLException {
        List<String> findings = new ArrayList<>();
        for (Map.Entry<TableName, Set<String>> entry : columns.entrySet()) {
            for (String column : entry.getValue()) {
                boolean may = Jdbc.number(
                                connection,
                                "select case when pg_catalog.has_column_privilege(?, ?, 'UPDATE') then 1 else 0 end",
                                entry.getKey().quoted(),
                                column)
                        == 1;
                if (!may) {
                    findings.add("Column \"" + column + "\" of table " + entry.getKey()
                            + " must be set after the rows it"
                            + " refers to are there, and this role may not update it. Run: grant update ("
                            + Quoting.identifier(column) + ") on "
                            + entry.getKey().quoted() + " to the role");
                }
            }
        }
        if (!findings.isEmpty()) {
            throw new TenantDataException("Rows that refer to each other in a circle cannot be imported", findings);
        }
    }

    @Nullable
    String[] withoutThem(TableImport target, @Nullable String[] row) {
        @Nullable String[] now = row.clone();
        for (String column : columns.getOrDefault(target.table().name(), Set.of())) {
            int position = target.position(column);
            if (position >= 0) {
                now[position] = null;
            }
        }
        return now;
    }

    /** Collects rows, and sets their columns batch by batch. */
    final class Updater {

        private final Connection connection;
        private final TableImport target;
        private final int[] positions;
        private final int set;
        private final String sql;
        private final List<@Nullable String[]> rows = new ArrayList<>();

        Updater(Connection connection, TableImport target) {
            this.connection = connection;
            this.target = target;
            List<String> later = columns.getOrDefault(target.table().name(), Set.of()).stream()
                    .filter(name -> target.position(name) >= 0)
                    .toList();
            List<String> used = new ArrayList<>(later);
            used.addAll(target.table().primaryKey());
            this.positions = target.positions(used);
            this.set = later.size();
            this.sql = "update " + target.table().from() + " as t set "
                    + IntStream.range(0, set)
                            .mapToObj(i -> Quoting.identifier(later.get(i)) + " = " + typed(i))
                            .collect(Collectors.joining(", "))
                    + " from " + RowInserter.arrays(used.size()) + " where "
                    + IntStream.range(set, used.size())
                            .mapToObj(i -> "t." + Quoting.identifier(used.get(i)) + " = " + typed(i))
                            .collect(Collectors.joining(" and "));
        }

        private String typed(int i) {
            Column column = target.columns().get(positions[i]);
            return RowInserter.typed(column, "r.c" + i);
        }

        void add(@Nullable String[] row) throws SQLException {
            @Nullable String[] used = new @Nullable String[positions.length];
            boolean any = false;
            for (int i = 0; i < positions.length; i++) {
                used[i] = row[positions[i]];
                any |= i < set && used[i] != null;
            }
            if (any) {
                rows.add(used);
            }
            if (rows.size() == BATCH) {
                flush();
            }
        }

        void flush() throws SQLException {
            if (rows.isEmpty()) {
                return;
            }
            long updated;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                RowInserter.bind(statement, connection, rows, positions.length);
                updated = statement.executeUpdate();
            }
            if (updated != rows.size()) {
                throw new TenantDataException("Of " + rows.size() + " rows of table "
                        + target.table().name() + ", " + updated
                        + " could be pointed at the rows they refer to. Nothing was imported.");
            }
            rows.clear();
        }
    }
}
