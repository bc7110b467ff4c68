package dev.boundary.tenants.archive;

import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.tenants.TenantDataException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Collects the rows of one table, and sets their deferred columns batch by batch. */
final class DeferredReferenceUpdater {

    private static final int BATCH = 1_000;

    private final Connection connection;
    private final TableImport target;
    private final int deferred;
    private final int[] positions;
    private final String sql;
    private final List<@Nullable String[]> rows = new ArrayList<>();

    DeferredReferenceUpdater(Connection connection, TableImport target, List<String> columns) {
        this.connection = connection;
        this.target = target;
        this.deferred = columns.size();
        List<String> used = new ArrayList<>(columns);
        used.addAll(target.table().primaryKey());
        this.positions = target.positions(used);
        this.sql = "update " + target.table().from() + " as t set " + assignments(used) + " from "
                + RowArrays.from(used.size()) + " where " + conditions(used);
    }

    private String assignments(List<String> used) {
        return IntStream.range(0, deferred)
                .mapToObj(i -> Quoting.identifier(used.get(i)) + " = " + value(i))
                .collect(Collectors.joining(", "));
    }

    private String conditions(List<String> used) {
        return IntStream.range(deferred, used.size())
                .mapToObj(i -> "t." + Quoting.identifier(used.get(i)) + " = " + value(i))
                .collect(Collectors.joining(" and "));
    }

    private String value(int i) {
        return RowArrays.value(target.columns().get(positions[i]), i);
    }

    void add(@Nullable String[] row) throws SQLException {
        @Nullable String[] used = used(row);
        if (Arrays.stream(used, 0, deferred).anyMatch(Objects::nonNull)) {
            rows.add(used);
        }
        if (rows.size() == BATCH) {
            flush();
        }
    }

    private @Nullable String[] used(@Nullable String[] row) {
        @Nullable String[] used = new @Nullable String[positions.length];
        for (int i = 0; i < positions.length; i++) {
            used[i] = row[positions[i]];
        }
        return used;
    }

    void flush() throws SQLException {
        if (!rows.isEmpty()) {
            requireAll(update());
            rows.clear();
        }
    }

    private void requireAll(long updated) {
        if (updated != rows.size()) {
            throw new TenantDataException("Of " + rows.size() + " rows of table "
                    + target.table().name() + ", " + updated
                    + " could be pointed at the rows they reference. Nothing was imported.");
        }
    }

    private long update() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            RowArrays.bind(statement, rows, positions.length);
            return statement.executeUpdate();
        }
    }
}
