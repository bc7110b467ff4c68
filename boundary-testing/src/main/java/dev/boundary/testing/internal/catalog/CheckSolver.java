package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.internal.catalog.CatalogCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes a row's values until PostgreSQL accepts them. Not safe for use by several threads. */
final class CheckSolver {

    private static final int MOST_COMBINATIONS = 4_000;

    private final CheckEvaluator evaluator;

    /** By table and check: the positions of the candidates that solved it. */
    private final Map<String, List<Integer>> solutions = new HashMap<>();

    /** The connection must be in autocommit. */
    CheckSolver(Connection connection) {
        this.evaluator = new CheckEvaluator(connection);
    }

    /**
     * Changes values in place. The insert will fail on those for which it finds no solution.
     *
     * @param row the values to choose, and those that are settled
     * @param settled the columns that must stay as they are
     * @param generator generates the values to try
     */
    void solve(TypedTable table, Map<String, @Nullable String> row, Set<String> settled, ValueGenerator generator)
            throws SQLException {
        new Solving(table, row, settled, generator).solve();
    }

    /** One column to choose a value for, with the values to try. */
    private record Choice(TypedColumn column, List<@Nullable String> candidates) {

        /** Puts the candidate at a position into a row; false if there is none. */
        boolean put(int position, Map<String, @Nullable String> row) {
            boolean exists = position < candidates.size();
            if (exists) {
                row.put(column.name(), candidates.get(position));
            }
            return exists;
        }
    }

    /** The work on one row. */
    private final class Solving {

        private final TypedTable table;
        private final Map<String, @Nullable String> row;
        private final Set<String> settled;
        private final ValueGenerator generator;
        private final List<CatalogCheck> checked = new ArrayList<>();

        Solving(TypedTable table, Map<String, @Nullable String> row, Set<String> settled, ValueGenerator generator) {
            this.table = table;
            this.row = row;
            this.settled = settled;
            this.generator = generator;
        }

        void solve() throws SQLException {
            makeReadable();
            for (CatalogCheck check : table.checks()) {
                if (row.keySet().containsAll(check.columns())) {
                    checked.add(check);
                    if (!evaluator.holds(table, checked, row)) {
                        satisfy(check);
                    }
                }
            }
        }

        /** A cast already evaluates the checks of a domain. */
        private void makeReadable() throws SQLException {
            for (Map.Entry<String, @Nullable String> entry : row.entrySet()) {
                TypedColumn column = table.column(entry.getKey());
                if (column.type().hasChecks()
                        && !settled.contains(column.name())
                        && !evaluator.canRead(column, entry.getValue())) {
                    entry.setValue(firstReadable(choice(column, List.of()), entry.getValue()));
                }
            }
        }

        private @Nullable String firstReadable(Choice choice, @Nullable String otherwise) throws SQLException {
            for (String candidate : choice.candidates()) {
                if (evaluator.canRead(choice.column(), candidate)) {
                    return candidate;
                }
            }
            return otherwise;
        }

        private Choice choice(TypedColumn column, List<String> expressions) {
            List<String> all = new ArrayList<>(column.type().domainChecks());
            all.addAll(expressions);
            return new Choice(column, new CandidateValues(column, row.get(column.name()), generator).forChecks(all));
        }

        /** Searches values with which this check holds, and those before it still do. */
        private void satisfy(CatalogCheck check) throws SQLException {
            List<Choice> choices = check.columns().stream()
                    .filter(column -> !settled.contains(column))
                    .map(column -> choice(table.column(column), expressionsWith(column)))
                    .toList();
            String id = table.name() + " " + check.name();
            List<Integer> known = solutions.get(id); // what solved it for one row solves it for most
            if (known != null && accept(choices, known)) {
                return;
            }
            for (List<Integer> positions : combinations(readable(choices))) {
                if (accept(choices, positions)) {
                    solutions.put(id, positions);
                    return;
                }
            }
        }

        private List<String> expressionsWith(String column) {
            return checked.stream()
                    .filter(check -> check.columns().contains(column))
                    .map(CatalogCheck::expression)
                    .toList();
        }

        /** Takes the candidates at some positions into the row if PostgreSQL accepts them. */
        private boolean accept(List<Choice> choices, List<Integer> positions) throws SQLException {
            if (positions.size() != choices.size()) {
                return false; // of a row with other columns to choose
            }
            Map<String, @Nullable String> trial = new HashMap<>(row);
            for (int i = 0; i < choices.size(); i++) {
                if (!choices.get(i).put(positions.get(i), trial)) {
                    return false;
                }
            }
            boolean accepted = evaluator.holds(table, checked, trial);
            if (accepted) {
                row.putAll(trial);
            }
            return accepted;
        }
    }

    private List<List<Integer>> readable(List<Choice> choices) throws SQLException {
        List<List<Integer>> positions = new ArrayList<>();
        for (Choice choice : choices) {
            positions.add(readable(choice));
        }
        return positions;
    }

    /** The positions of the candidates that are values of the column's type. */
    private List<Integer> readable(Choice choice) throws SQLException {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < choice.candidates().size(); i++) {
            if (evaluator.canRead(choice.column(), choice.candidates().get(i))) {
                positions.add(i);
            }
        }
        return positions;
    }

    /** Combinations of positions, those of the first candidates first, no more than a few thousand. */
    private static List<List<Integer>> combinations(List<List<Integer>> positions) {
        List<List<Integer>> combinations = List.of(List.of());
        int most = positions.isEmpty() ? 1 : (int) Math.pow(MOST_COMBINATIONS, 1.0 / positions.size());
        for (List<Integer> ofColumn : positions) {
            List<Integer> few = ofColumn.subList(0, Math.min(ofColumn.size(), most));
            combinations = combinations.stream()
                    .flatMap(combination -> few.stream().map(position -> with(combination, position)))
                    .toList();
        }
        return combinations.stream()
                .sorted(Comparator.comparingInt(combination ->
                        combination.stream().mapToInt(Integer::intValue).sum()))
                .toList();
    }

    private static List<Integer> with(List<Integer> combination, Integer position) {
        List<Integer> longer = new ArrayList<>(combination);
        longer.add(position);
        return longer;
    }
}
