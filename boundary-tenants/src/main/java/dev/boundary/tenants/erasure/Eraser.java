package dev.boundary.tenants.erasure;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import dev.boundary.rls.internal.sql.SqlTemplate;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.RowProgress;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.ScopedTransactions;
import dev.boundary.tenants.internal.tables.TenantDataModel;
import dev.boundary.tenants.internal.tables.TenantDataTable;
import dev.boundary.tenants.internal.tables.TransactionMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One erasure. Not safe for use by several threads. */
final class Eraser {

    private static final SqlFile SQL = SqlFile.of(Eraser.class);

    /** How many row locations are read at a time: each reading passes over what was deleted before. */
    private static final int MAX_LOCATIONS = 200_000;

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final ScopedTransactions transactions;
    private final TenantDataModel model;
    private final TenantScope scope;
    private final Settings settings;
    private final RowCounts before;
    private final Map<String, Long> deleted = new HashMap<>();

    /**
     * What was asked of the erasure.
     *
     * @param batch how many rows are deleted in one transaction
     * @param listener receives progress
     */
    record Settings(int batch, RowProgress.Listener listener) {

        static final Settings DEFAULT = new Settings(5_000, RowProgress.Listener.NONE);

        Settings withBatch(int rows) {
            return new Settings(rows, listener);
        }

        Settings withListener(RowProgress.Listener receiver) {
            return new Settings(batch, receiver);
        }
    }

    Eraser(
            ScopedTransactions transactions,
            TenantDataModel model,
            TenantScope scope,
            RowCounts before,
            Settings settings) {
        this.transactions = transactions;
        this.model = model;
        this.scope = scope;
        this.before = before;
        this.settings = settings;
        model.tables().forEach(table -> deleted.put(table.name().toString(), 0L));
    }

    RowCounts erase() throws SQLException {
        for (List<TenantDataTable> group : model.groups(key -> true).reversed()) {
            try {
                erase(group);
            } catch (SQLException e) {
                throw explained(group, e);
            }
        }
        return new RowCounts(deleted);
    }

    private void erase(List<TenantDataTable> group) throws SQLException {
        if (group.size() > 1 || restrictsItself(group.getFirst())) {
            eraseAtOnce(group);
        } else {
            eraseInBatches(group.getFirst());
        }
    }

    /** A row cannot be deleted before those that reference it, unless in the same statement. */
    private static boolean restrictsItself(TenantDataTable table) {
        return table.foreignKeys().stream()
                .anyMatch(key -> key.isSelfReference() && !key.onDelete().changesRows());
    }

    private void eraseInBatches(TenantDataTable table) throws SQLException {
        Map<Long, List<String>> locations = locations(table);
        while (!locations.isEmpty()) {
            long earlier = deletedFrom(table);
            for (Map.Entry<Long, List<String>> partition : locations.entrySet()) {
                deleteInBatches(table, partition.getKey(), partition.getValue());
            }
            locations = locations(table);
            if (deletedFrom(table) == earlier && !locations.isEmpty()) {
                throw kept(table);
            }
        }
    }

    private TenantDataException kept(TenantDataTable table) {
        return new TenantDataException("Rows of tenant " + scope.tenant() + " in table " + table.name()
                + " are not deleted: a trigger of the table keeps them, or each is written again meanwhile. Keep the"
                + " tenant from working, look for the trigger, and erase again.");
    }

    /** Where the rows are, by partition. */
    private Map<Long, List<String>> locations(TenantDataTable table) throws SQLException {
        String sql = filled("locations", table)
                .fragment("max", Integer.toString(MAX_LOCATIONS))
                .fill();
        return byPartition(inScope(connection -> Jdbc.rows(connection, sql, key())));
    }

    private static Map<Long, List<String>> byPartition(List<List<@Nullable String>> rows) {
        Map<Long, List<String>> locations = new LinkedHashMap<>();
        for (List<@Nullable String> row : rows) {
            locations
                    .computeIfAbsent(Long.valueOf(Objects.requireNonNull(row.get(0))), oid -> new ArrayList<>())
                    .add(Objects.requireNonNull(row.get(1)));
        }
        return locations;
    }

    private void deleteInBatches(TenantDataTable table, long partition, List<String> rows) throws SQLException {
        for (int from = 0; from < rows.size(); from += settings.batch()) {
            delete(table, partition, rows.subList(from, Math.min(rows.size(), from + settings.batch())));
        }
    }

    private void delete(TenantDataTable table, long partition, List<String> locations) throws SQLException {
        String sql = filled("delete-located", table).fill();
        long rows = inScope(connection ->
                Jdbc.run(connection, sql, connection.createArrayOf("text", locations.toArray()), partition, key()));
        add(table, rows);
    }

    /** All tables of a cycle by one statement: foreign keys are checked at its end, when all rows are gone. */
    private void eraseAtOnce(List<TenantDataTable> cycle) throws SQLException {
        String sql = deletionOf(cycle);
        Object[] keys = cycle.stream().map(table -> key()).toArray();
        List<@Nullable String> rows =
                inScope(connection -> Jdbc.rows(connection, sql, keys).getFirst());
        for (int i = 0; i < cycle.size(); i++) {
            add(cycle.get(i), Long.parseLong(Objects.requireNonNull(rows.get(i))));
        }
    }

    private String deletionOf(List<TenantDataTable> cycle) {
        List<String> deletions = new ArrayList<>();
        List<String> results = new ArrayList<>();
        for (int i = 0; i < cycle.size(); i++) {
            deletions.add("d" + i + " as (" + filled("delete-all", cycle.get(i)).fill() + ")");
            results.add("(select pg_catalog.count(*) from d" + i + ")");
        }
        return "with " + String.join(", ", deletions) + " select " + String.join(", ", results);
    }

    private SqlTemplate filled(String name, TenantDataTable table) {
        return SQL.template(name).fragment("table", table.from()).fragment("owned", model.ownedBy(table, "boundary_t"));
    }

    private String key() {
        return scope.tenant().asText();
    }

    private <T> T inScope(ScopedTransactions.Work<T> work) throws SQLException {
        return transactions.forTenant(scope, TransactionMode.READ_WRITE, connection -> {
            model.bind(connection, scope.tenant());
            return work.on(connection);
        });
    }

    private long deletedFrom(TenantDataTable table) {
        return Objects.requireNonNull(deleted.get(table.name().toString()));
    }

    private void add(TenantDataTable table, long rows) {
        String name = table.name().toString();
        long done = Objects.requireNonNull(deleted.merge(name, rows, Long::sum));
        long known = Math.max(done, before.byTable().getOrDefault(name, 0L));
        settings.listener().onProgress(new RowProgress("erase", name, done, OptionalLong.of(known)));
    }

    private SQLException explained(List<TenantDataTable> group, SQLException e) {
        if (!FOREIGN_KEY_VIOLATION.equals(e.getSQLState())) {
            return e;
        }
        List<String> tables =
                group.stream().map(table -> table.name().toString()).toList();
        throw new TenantDataException(
                "Rows of tenant " + scope.tenant() + " in " + tables
                        + " cannot be deleted, because others refer to them that are not the tenant's own or not in a"
                        + " protected table: " + e.getMessage() + ". Fix those as the admin role, and erase again: what"
                        + " was deleted before stays deleted.",
                e);
    }
}
