package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
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

    /** By table and check: the positions of the candidates that solved it. */
    private final Map<String, List<Integer>> solutions = new HashMap<>();

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
            if (column.type().hasChecks() && !settled.contains(column.name()) && !canRead(column, entry.getValue())) {
                List<@Nullable String> candidates = Candidates.of(column, entry.getValue(), checksOf(column.type()), n);
                List<Integer> readable = readable(column, candidates);
                if (!readable.isEmpty()) {
                    entry.setValue(candidates.get(readable.getFirst()));
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
            candidates.add(Candidates.of(table.column(column), values.get(column), expressions, n));
        }
        Map<String, @Nullable String> trial = new HashMap<>(values);
        String id = table.name() + " " + check.name();
        List<Integer> known = solutions.get(id); // what solved it for one row solves it for most
        if (known != null && put(free, candidates, known, trial) && holds(table, solved, trial)) {
            values.putAll(trial);
            return;
        }
        List<List<Integer>> positions = new ArrayList<>();
        for (int i = 0; i < free.size(); i++) {
            positions.add(readable(table.column(free.get(i)), candidates.get(i)));
        }
        for (List<Integer> combination : combinations(positions)) {
            if (put(free, candidates, combination, trial) && holds(table, solved, trial)) {
                values.putAll(trial);
                solutions.put(id, combination);
                return;
            }
        }
    }

    /** Puts the candidates at some positions into a row; false if one of them has no such position. */
    private static boolean put(
            List<String> columns,
            List<List<@Nullable String>> candidates,
            List<Integer> positions,
            Map<String, @Nullable String> row) {
        if (positions.size() != columns.size()) {
            return false; // of a row with other columns to choose
        }
        for (int i = 0; i < columns.size(); i++) {
            if (positions.get(i) >= candidates.get(i).size()) {
                return false;
            }
            row.put(columns.get(i), candidates.get(i).get(positions.get(i)));
        }
        return true;
    }

    /** The positions of the candidates that are values of the column's type. */
    private List<Integer> readable(Column column, List<@Nullable String> candidates) throws SQLException {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            if (canRead(column, candidates.get(i))) {
                positions.add(i);
            }
        }
        return positions;
    }

    private static List<String> checksOf(PgType type) {
        List<String> checks = new ArrayList<>();
        for (PgType at = type; at != null && at.kind() == PgType.Kind.DOMAIN; at = at.inner()) {
            checks.addAll(at.checks());
        }
        return checks;
    }

    /** All combinations of positions, nearest to the first candidates first, no more than a few thousand. */
    private static List<List<Integer>> combinations(List<List<Integer>> positions) {
        List<List<Integer>> combinations = List.of(List.of());
        int most = positions.isEmpty() ? 1 : (int) Math.pow(MOST_COMBINATIONS, 1.0 / positions.size());
        for (List<Integer> ofColumn : positions) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> combination : combinations) {
                for (int position : ofColumn.subList(0, Math.min(ofColumn.size(), most))) {
                    List<Integer> next = new ArrayList<>(combination);
                    next.add(position);
                    longer.add(next);
                }
            }
            combinations = longer;
        }
        return combinations.stream()
                .sorted(Comparator.comparingInt(combination ->
                        combination.stream().mapToInt(Integer::intValue).sum()))
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
                .map(column -> "cast(? as " + table.column(column).type().sql() + ") as " + Quoting.identifier(column))
                .collect(Collectors.joining(", "));
        String all = checks.stream()
                .map(check -> "(" + check.expression() + ") is not false")
                .collect(Collectors.joining(" and "));
        @Nullable Object[] bound = columns.stream().map(values::get).toArray();
        return succeeds(
                "select " + all + " from (select " + row + ") as "
                        + Quoting.identifier(table.name().name()),
                bound);
    }

    /** Whether a condition is true; false also if PostgreSQL cannot evaluate it with these values. */
    private boolean succeeds(String sql, @Nullable Object... values) throws SQLException {
        try {
            return "t".equals(Jdbc.value(connection, sql, values));
        } catch (SQLException e) {
            if (!connection.isValid(0)) {
                throw e;
            }
            return false; // this value does not fit; that is the answer
        }
    }
}
