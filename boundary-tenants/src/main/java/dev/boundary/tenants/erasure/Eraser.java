package dev.boundary.tenants.erasure;

import dev.boundary.core.TenantScope;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.tenants.Progress;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.ForeignKey;
import dev.boundary.tenants.internal.tables.TenantTable;
import dev.boundary.tenants.internal.tables.TenantTables;
import dev.boundary.tenants.internal.tables.Transactions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One erasure. */
final class Eraser {

    /** So many places are looked up at a time: one look goes over what earlier ones have deleted. */
    private static final int PLACES = 200_000;

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final DataSource application;
    private final TenantTables tables;
    private final TenantScope scope;
    private final int batch;
    private final Progress.Listener listener;
    private final Map<String, Long> deleted = new HashMap<>();
    private RowCounts counts = new RowCounts(Map.of());

    Eraser(DataSource application, TenantTables tables, TenantScope scope, int batch, Progress.Listener listener) {
        this.application = application;
        this.tables = tables;
        this.scope = scope;
        this.batch = batch;
        this.listener = listener;
    }

    RowCounts erase(RowCounts before) throws SQLException {
        counts = before;
        tables.tables().forEach(table -> deleted.put(table.name().toString(), 0L));
        for (List<TenantTable> group : tables.groups(key -> true).reversed()) {
            try {
                if (group.size() > 1 || holdsItself(group.getFirst())) {
                    eraseAtOnce(group);
                } else {
                    eraseInBatches(group.getFirst());
                }
            } catch (SQLException e) {
                throw explained(group, e);
            }
        }
        return new RowCounts(deleted);
    }

    /** A row cannot be deleted before those that refer to it, unless in the same statement. */
    private static boolean holdsItself(TenantTable table) {
        return table.foreignKeys().stream()
                .anyMatch(key -> key.ofItself() && key.onDelete() == ForeignKey.OnDelete.REFUSE);
    }

    private void eraseInBatches(TenantTable table) throws SQLException {
        Map<Long, List<String>> places = places(table);
        while (!places.isEmpty()) {
            long before = of(table);
            for (Map.Entry<Long, List<String>> partition : places.entrySet()) {
                List<String> rows = partition.getValue();
                for (int from = 0; from < rows.size(); from += batch) {
                    delete(table, partition.getKey(), rows.subList(from, Math.min(rows.size(), from + batch)));
                }
            }
            boolean stuck = of(table) == before;
            places = places(table);
            if (stuck && !places.isEmpty()) {
                throw new TenantDataException("Rows of tenant " + scope.tenant() + " in table " + table.name()
                        + " are not deleted: a trigger of the table keeps them, or each is written anew meanwhile. Keep"
                        + " the tenant from working, look for the trigger, and erase again.");
            }
        }
    }

    /** Where the rows are, by partition. */
    private Map<Long, List<String>> places(TenantTable table) throws SQLException {
        return inScope(connection -> {
            Map<Long, List<String>> places = new LinkedHashMap<>();
            for (List<@Nullable String> row : Jdbc.rows(
                    connection,
                    "select boundary_t.tableoid::pg_catalog.int8, boundary_t.ctid::pg_catalog.text from " + table.from()
                            + " as boundary_t where " + owned(table) + " limit " + PLACES,
                    scope.tenant().asText())) {
                places.computeIfAbsent(Long.valueOf(Objects.requireNonNull(row.get(0))), oid -> new ArrayList<>())
                        .add(Objects.requireNonNull(row.get(1)));
            }
            return places;
        });
    }

    private void delete(TenantTable table, long partition, List<String> places) throws SQLException {
        long rows = inScope(connection -> Jdbc.run(
                connection,
                "delete from " + table.from() + " as boundary_t where boundary_t.ctid = any (?::pg_catalog.tid[])"
                        + " and boundary_t.tableoid operator(pg_catalog.=) ?::pg_catalog.oid and " + owned(table),
                connection.createArrayOf("text", places.toArray()),
                partition,
                scope.tenant().asText()));
        add(table, rows);
    }

    /** All the tables of a circle by one statement: foreign keys are checked at its end, when all rows are gone. */
    private void eraseAtOnce(List<TenantTable> circle) throws SQLException {
        List<String> deletions = new ArrayList<>();
        List<String> results = new ArrayList<>();
        for (int i = 0; i < circle.size(); i++) {
            TenantTable table = circle.get(i);
            deletions.add("d" + i + " as (delete from " + table.from() + " as boundary_t where " + owned(table)
                    + " returning 1)");
            results.add("(select pg_catalog.count(*) from d" + i + ")");
        }
        Object[] keys = circle.stream().map(table -> scope.tenant().asText()).toArray();
        List<@Nullable String> rows = inScope(connection -> Jdbc.rows(
                        connection,
                        "with " + String.join(", ", deletions) + " select " + String.join(", ", results),
                        keys)
                .getFirst());
        for (int i = 0; i < circle.size(); i++) {
            add(circle.get(i), Long.parseLong(Objects.requireNonNull(rows.get(i))));
        }
    }

    private <T> T inScope(Transactions.Work<T> work) throws SQLException {
        return Transactions.forTenant(application, scope, Transactions.READ_WRITE, connection -> {
            tables.bind(connection, scope.tenant());
            return work.on(connection);
        });
    }

    private String owned(TenantTable table) {
        return tables.owned(table, "boundary_t", tables.key("?"));
    }

    private long of(TenantTable table) {
        return Objects.requireNonNull(deleted.get(table.name().toString()));
    }

    private void add(TenantTable table, long rows) {
        String name = table.name().toString();
        long done = Objects.requireNonNull(deleted.merge(name, rows, Long::sum));
        long known = Math.max(done, counts.byTable().getOrDefault(name, 0L));
        listener.onProgress(new Progress("erase", name, done, OptionalLong.of(known)));
    }

    private SQLException explained(List<TenantTable> group, SQLException e) {
        if (FOREIGN_KEY_VIOLATION.equals(e.getSQLState())) {
            throw new TenantDataException(
                    "Rows of tenant " + scope.tenant() + " in "
                            + group.stream()
                                    .map(table -> table.name().toString())
                                    .toList()
                            + " cannot be deleted, because others refer to them that are not the tenant's own or not in a"
                            + " protected table: " + e.getMessage() + ". Mend those as the admin role, and erase again:"
                            + " what was deleted before stays deleted.",
                    e);
        }
        return e;
    }
}
