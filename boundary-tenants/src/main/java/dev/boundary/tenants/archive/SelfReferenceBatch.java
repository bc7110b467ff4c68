package dev.boundary.tenants.archive;

import dev.boundary.rls.internal.catalog.CatalogForeignKey;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows of a table that references itself, and which of them can be inserted by one statement. */
final class SelfReferenceBatch {

    private final TableImport target;
    private final List<CatalogForeignKey> keys;
    private final List<Row> rows = new ArrayList<>();

    /**
     * A row of the file.
     *
     * @param line its number in the file
     * @param values its values
     */
    record Row(int line, List<@Nullable String> values) {}

    SelfReferenceBatch(TableImport target, List<CatalogForeignKey> keys) {
        this.target = target;
        this.keys = keys;
    }

    void add(Row row) {
        rows.add(row);
    }

    int size() {
        return rows.size();
    }

    Row get(int index) {
        return rows.get(index);
    }

    /** The values of the rows without some of them, in their order. */
    List<@Nullable String[]> without(Set<Integer> indexes) {
        List<@Nullable String[]> left = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (!indexes.contains(i)) {
                left.add(rows.get(i).values().toArray(new @Nullable String[0]));
            }
        }
        return left;
    }

    void clear() {
        rows.clear();
    }

    /** The indexes of rows that reference a row which is neither in the batch nor in the database, directly or not. */
    Set<Integer> waiting(ReferenceLookup lookup) throws SQLException {
        Set<Integer> waiting = new HashSet<>();
        List<Map<List<String>, Integer>> targets = new ArrayList<>();
        for (CatalogForeignKey key : keys) {
            Map<List<String>, Integer> inBatch = targets(key);
            targets.add(inBatch);
            waiting.addAll(withoutTarget(key, inBatch, lookup));
        }
        if (!waiting.isEmpty()) {
            addDependants(waiting, dependants(targets));
        }
        return waiting;
    }

    /** The rows by the values that others would reference. */
    private Map<List<String>, Integer> targets(CatalogForeignKey key) {
        Map<List<String>, Integer> targets = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            List<String> values = values(i, key.targetColumns());
            if (values != null) {
                targets.put(values, i);
            }
        }
        return targets;
    }

    private List<Integer> withoutTarget(
            CatalogForeignKey key, Map<List<String>, Integer> inBatch, ReferenceLookup lookup) throws SQLException {
        Set<List<String>> missing = references(key);
        missing.removeAll(inBatch.keySet());
        missing.removeAll(lookup.existing(key, missing));
        return IntStream.range(0, rows.size())
                .filter(i -> missing.contains(values(i, key.columns())))
                .boxed()
                .toList();
    }

    /** The values that the rows of the batch reference. */
    private Set<List<String>> references(CatalogForeignKey key) {
        Set<List<String>> references = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            List<String> values = values(i, key.columns());
            if (values != null) {
                references.add(values);
            }
        }
        return references;
    }

    /** The rows that reference each row of the batch. */
    private Map<Integer, List<Integer>> dependants(List<Map<List<String>, Integer>> targets) {
        Map<Integer, List<Integer>> dependants = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            for (int k = 0; k < keys.size(); k++) {
                Integer at = targets.get(k).get(values(i, keys.get(k).columns()));
                if (at != null) {
                    dependants.computeIfAbsent(at, row -> new ArrayList<>()).add(i);
                }
            }
        }
        return dependants;
    }

    /** A row that references a waiting row waits, too. */
    private static void addDependants(Set<Integer> waiting, Map<Integer, List<Integer>> dependants) {
        Deque<Integer> toFollow = new ArrayDeque<>(waiting);
        while (!toFollow.isEmpty()) {
            for (int dependant : dependants.getOrDefault(toFollow.remove(), List.of())) {
                if (waiting.add(dependant)) {
                    toFollow.add(dependant);
                }
            }
        }
    }

    /** The values of columns that all have one, or null: a foreign key with a null references nothing. */
    private @Nullable List<String> values(int row, List<String> columns) {
        List<String> values = new ArrayList<>();
        for (int position : target.positions(columns)) {
            String value = position < 0 ? null : rows.get(row).values().get(position);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return values;
    }
}
