package dev.boundary.testing.internal.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Changes a row's values until PostgreSQL says that they satisfy the table's checks. */
final class CheckSolver {

    private static final int MOST_COMBINATIONS = 4_000;

    private final Connection connection;
    private final Map<String, Boolean> readable = new HashMap<>();

    /** The connection must be in autocommit: a value that cannot be read is an error there, and the next one counts. */
    CheckSolver(Connection connection) {
        this.connection = connection;
    }

    /**
     * Changes values in place. What cannot be solved is left for the insert to fail on.
     *
     * @param values those to choose and those that are settled
     * @param settled the columns that must stay as they are
     */
    void solve(Table table, Map<String, @Nullable String> values, Set<String> settled, long n) throws SQLException {
        readable(table, values, settled, n);
        List<Check> solved = new ArrayList<>();
        for (Check check : table.checks()) {
            if (values.keySet().containsAll(check.columns())) {
                solved.add(check);
                if (!holds(table, solved, values)) {
                    search(table, check, solved, values, settled, n);
                }
            }
        }
    }

    /** Domains check by themselves as soon as a value is cast. */
    private void readable(Table table, Map<String, @Nullable String> values, Set<String> settled, long n)
            throws SQLException {
        for (Map.Entry<String, @Nullable String> entry : values.entrySet()) {
            Column column = table.column(entry.getKey());
            if (!settled.contains(column.name()) && !canRead(column, entry.getValue())) {
                List<@Nullable String> candidates = candidates(column, entry.getValue(), checksOf(column.type()), n);
                if (!candidates.isEmpty()) {
                    entry.setValue(candidates.getFirst());
                }
            }
        }
    }

    private void search(
            Table table,
            Check check,
            List<Check> solved,
            Map<String, @Nullable String> values,
            Set<String> settled,
            long n)
            throws SQLException {
        List<String> free = check.columns().stream()
                .filter(column -> !settled.contains(column))
                .toList();
        List<List<@Nullable String>> candidates = new ArrayList<>();
        for (String column : free) {
            List<String> expressions =
                    new ArrayList<>(checksOf(table.column(column).type()));
            solved.stream()
                    .filter(other -> other.columns().contains(column))
                    .forEach(other -> expressions.add(other.expression()));
            candidates.add(candidates(table.column(column), values.get(column), expressions, n));
        }
        Map<String, @Nullable String> trial = new HashMap<>(values);
        for (List<Integer> combination : combinations(candidates)) {
            for (int i = 0; i < free.size(); i++) {
                trial.put(free.get(i), candidates.get(i).get(combination.get(i)));
            }
            if (holds(table, solved, trial)) {
                values.putAll(trial);
                return;
            }
        }
    }

    private List<@Nullable String> candidates(Column column, @Nullable String first, List<String> expressions, long n)
            throws SQLException {
        List<@Nullable String> candidates = new ArrayList<>();
        for (String candidate : Candidates.of(column, first, expressions, n)) {
            if (canRead(column, candidate)) {
                candidates.add(candidate);
            }
        }
        return candidates;
    }

    private static List<String> checksOf(PgType type) {
        List<String> checks = new ArrayList<>();
        for (PgType at = type; at != null && at.kind() == PgType.Kind.DOMAIN; at = at.inner()) {
            checks.addAll(at.checks());
        }
        return checks;
    }

    /** All combinations of positions, nearest to the first candidates first, no more than a few thousand. */
    private static List<List<Integer>> combinations(List<List<@Nullable String>> candidates) {
        List<List<Integer>> combinations = List.of(List.of());
        int most = candidates.isEmpty() ? 1 : (int) Math.pow(MOST_COMBINATIONS, 1.0 / candidates.size());
        for (List<@Nullable String> values : candidates) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> combination : combinations) {
                for (int i = 0; i < Math.min(values.size(), most); i++) {
                    List<Integer> next = new ArrayList<>(combination);
                    next.add(i);
                    longer.add(next);
                }
            }
            combinations = longer;
        }
        return combinations.stream()
                .sorted(Comparator.comparingInt(positions ->
                        positions.stream().mapToInt(Integer::intValue).sum()))
                .toList();
    }

    private boolean canRead(Column column, @Nullable String value) throws SQLException {
        String id = column.type().sql() + ":" + value;
        Boolean known = readable.get(id);
        if (known == null) {
            // Its length is asked for, so that PostgreSQL cannot leave the cast out.
            known = succeeds(
                    "select coalesce(length(cast(cast(? as " + column.type().sql() + ") as text)), 0) >= 0", value);
            readable.put(id, known);
        }
        return known;
    }

    private boolean holds(Table table, List<Check> checks, Map<String, @Nullable String> values) throws SQLException {
        List<String> columns = checks.stream()
                .flatMap(check -> check.columns().stream())
                .distinct()
                .toList();
        String row = columns.stream()
                .map(column -> "cast(? as " + table.column(column).type().sql() + ") as " + Sql.quote(column))
                .collect(Collectors.joining(", "));
        String all = checks.stream()
                .map(check -> "(" + check.expression() + ") is not false")
                .collect(Collectors.joining(" and "));
        @Nullable Object[] bound = columns.stream().map(values::get).toArray();
        return succeeds(
                "select " + all + " from (select " + row + ") as "
                        + Sql.quote(table.name().name()),
                bound);
    }

    /** Whether a condition is true; false also if PostgreSQL cannot evaluate it with these values. */
    private boolean succeeds(String sql, @Nullable Object... values) throws SQLException {
        try {
            return "t".equals(Sql.value(connection, sql, values));
        } catch (SQLException e) {
            if (!connection.isValid(0)) {
                throw e;
            }
            return false; // this value does not fit; that is the answer
        }
    }
}
