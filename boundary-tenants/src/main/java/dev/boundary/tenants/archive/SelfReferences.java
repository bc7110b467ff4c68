package dev.boundary.tenants.archive;

import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.ForeignKey;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Inserts rows that refer to rows of their own table by a foreign key that is checked at once. Rows whose target is in the
 * same batch or already there go in; the others wait for the next reading of the file. Rows in a circle that spans batches
 * are left in the end and go in together, by one statement.
 */
final class SelfReferences {

    private static final int BATCH = 1_000;
    private static final int LARGEST_CIRCLE = 100_000;

    private final Connection connection;
    private final TableImport target;
    private final List<ForeignKey> keys;
    private final RowInserter inserter;
    private BitSet waiting = new BitSet();

    private record Row(int line, List<@Nullable String> values) {}

    /** Reads the rewritten rows of the file, in their order, from the first. */
    @FunctionalInterface
    interface Rows {
        void forEach(RowReader reader) throws SQLException, IOException;
    }

    /** Takes a row. */
    @FunctionalInterface
    interface RowReader {
        void read(@Nullable String[] row, long line) throws SQLException;
    }

    SelfReferences(Connection connection, TableImport target, List<ForeignKey> keys) {
        this.connection = connection;
        this.target = target;
        this.keys = keys;
        this.inserter = new RowInserter(connection, target);
    }

    void insert(Rows rows) throws SQLException, IOException {
        BitSet left = new BitSet();
        left.set(1, Math.toIntExact(target.file().rows()) + 1);
        while (!left.isEmpty()) {
            waiting = new BitSet();
            List<Row> batch = new ArrayList<>();
            BitSet wanted = left;
            rows.forEach((values, line) -> {
                if (wanted.get((int) line)) {
                    batch.add(new Row((int) line, Arrays.asList(values)));
                }
                if (batch.size() == BATCH) {
                    insertReady(batch);
                }
            });
            insertReady(batch);
            if (waiting.cardinality() == left.cardinality()) {
                insertTogether(rows);
                return;
            }
            left = waiting;
        }
    }

    private void insertReady(List<Row> batch) throws SQLException {
        Set<Integer> late = new HashSet<>();
        List<Map<List<String>, Integer>> targets = new ArrayList<>();
        for (ForeignKey key : keys) {
            Map<List<String>, Integer> present = new HashMap<>();
            for (int i = 0; i < batch.size(); i++) {
                List<String> values = values(batch.get(i), key.targetColumns());
                if (values != null) {
                    present.put(values, i);
                }
            }
            targets.add(present);
            Set<List<String>> elsewhere = new HashSet<>();
            batch.forEach(row -> {
                List<String> values = values(row, key.columns());
                if (values != null && !present.containsKey(values)) {
                    elsewhere.add(values);
                }
            });
            elsewhere.removeAll(there(key, elsewhere));
            for (int i = 0; i < batch.size(); i++) {
                if (elsewhere.contains(values(batch.get(i), key.columns()))) {
                    late.add(i);
                }
            }
        }
        addDependants(batch, targets, late);
        List<@Nullable String[]> ready = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (late.contains(i)) {
                waiting.set(batch.get(i).line());
            } else {
                ready.add(batch.get(i).values().toArray(new @Nullable String[0]));
            }
        }
        if (!ready.isEmpty()) {
            inserter.insert(ready);
        }
        batch.clear();
    }

    /** Who refers to a row that waits, waits too. */
    private void addDependants(List<Row> batch, List<Map<List<String>, Integer>> targets, Set<Integer> late) {
        if (late.isEmpty()) {
            return;
        }
        Map<Integer, List<Integer>> dependants = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            for (int k = 0; k < keys.size(); k++) {
                Integer at = targets.get(k).get(values(batch.get(i), keys.get(k).columns()));
                if (at != null) {
                    dependants.computeIfAbsent(at, row -> new ArrayList<>()).add(i);
                }
            }
        }
        Deque<Integer> toFollow = new ArrayDeque<>(late);
        while (!toFollow.isEmpty()) {
            for (int dependant : dependants.getOrDefault(toFollow.remove(), List.of())) {
                if (late.add(dependant)) {
                    toFollow.add(dependant);
                }
            }
        }
    }

    private void insertTogether(Rows rows) throws SQLException, IOException {
        if (waiting.cardinality() > LARGEST_CIRCLE) {
            throw new TenantDataException("Table " + target.table().name() + " has " + waiting.cardinality()
                    + " rows that refer to each other in circles, more than the " + LARGEST_CIRCLE
                    + " that go in together. Make the foreign key deferrable, and import again.");
        }
        List<@Nullable String[]> circle = new ArrayList<>();
        rows.forEach((values, line) -> {
            if (waiting.get((int) line)) {
                circle.add(values);
            }
        });
        inserter.insert(circle);
    }

    /** The values of columns that are all there, or null: a foreign key with a null refers to nothing. */
    private @Nullable List<String> values(Row row, List<String> columns) {
        List<String> values = new ArrayList<>();
        for (int position : target.positions(columns)) {
            String value = position < 0 ? null : row.values().get(position);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return values;
    }

    private Set<List<String>> there(ForeignKey key, Set<List<String>> wanted) throws SQLException {
        Set<List<String>> found = new HashSet<>();
        if (wanted.isEmpty()) {
            return found;
        }
        int columns = key.columns().size();
        String match = IntStream.range(0, columns)
                .mapToObj(i -> "t." + Quoting.identifier(key.targetColumns().get(i)) + " "
                        + key.operators().get(i) + " "
                        + RowInserter.typed(
                                target.table().column(key.columns().get(i)).orElseThrow(), "r.c" + i))
                .collect(Collectors.joining(" and "));
        String sql = "select r.* from " + RowInserter.arrays(columns) + " where exists (select from "
                + target.table().from() + " as t where " + match + ")";
        List<@Nullable String[]> rows = new ArrayList<>();
        wanted.forEach(values -> rows.add(values.toArray(new @Nullable String[0])));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            RowInserter.bind(statement, connection, rows, columns);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    String[] values = new String[columns];
                    for (int i = 0; i < columns; i++) {
                        values[i] = Objects.requireNonNull(result.getString(i + 1));
                    }
                    found.add(Arrays.asList(values));
                }
            }
        }
        return found;
    }
}
