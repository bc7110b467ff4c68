package dev.boundary.doctor;

import static dev.boundary.doctor.Rule.Severity.LOW;
import static dev.boundary.doctor.Rule.Severity.MEDIUM;
import static dev.boundary.doctor.RuleCheck.Phase.INDEXES;
import static dev.boundary.doctor.RuleCheck.rule;

import dev.boundary.doctor.catalog.SecurityCatalog.Index;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Indexes that policies need, and indexes that they make useless. */
final class IndexRules {

    static final List<RuleCheck> CHECKS = List.of(
            rule("BND-023", MEDIUM, "No index begins with the tenant column")
                    .why("Each statement of each tenant reads the whole table. For a child table it is the foreign"
                            + " key that the policy goes by.")
                    .remedy("Create the index.")
                    .foundBy(INDEXES, examination -> new IndexRules(examination).noTenantIndex()),
            rule("BND-024", LOW, "An index that row-level security makes useless")
                    .why("PostgreSQL evaluates a condition whose operator is not leakproof only after the policies"
                            + " have filtered, so no index serves it: LIKE, lower(), ->>, @>, @@, trigrams, numeric"
                            + " and enum comparisons. An explicit tenant predicate in the query does not help.")
                    .remedy("Use ^@ for prefixes (index from PostgreSQL 15), integers for money, text with CHECK for"
                            + " enums, stored generated columns for expressions.")
                    .foundBy(INDEXES, examination -> new IndexRules(examination).uselessIndexes()));

    /** What stands for a column's number in an index on an expression. */
    private static final int EXPRESSION = 0;

    private static final String FOR_LIKE =
            "it is for LIKE, which is not leakproof; write column ^@ 'prefix' (index from PostgreSQL 15 on)";

    /** What to use instead, by a part of the operator class's name; the first that fits. */
    private static final Map<String, String> ALTERNATIVES = new LinkedHashMap<>();

    static {
        ALTERNATIVES.put("trgm", "use ^@ for prefixes, or search in a table of words led by the tenant column");
        ALTERNATIVES.put("json", "put what is searched for into generated columns");
        ALTERNATIVES.put("numeric", "use integers for money and counts");
        ALTERNATIVES.put("enum", "use text with a CHECK constraint");
        ALTERNATIVES.put("tsvector", "keep lexemes in a table led by the tenant column");
    }

    private final Examination examination;

    IndexRules(Examination examination) {
        this.examination = examination;
    }

    Stream<RuleMatch> noTenantIndex() {
        return examination.tables().flatMap(table -> {
            List<Integer> leading = leading(table);
            return leading.isEmpty() || led(table.relation(), leading)
                    ? Stream.empty()
                    : Stream.of(noIndex(table.relation(), leading));
        });
    }

    /** The columns that the table's policies compare. */
    private static List<Integer> leading(ExaminedTable table) {
        if (table.tenant() != null) {
            return List.of(table.tenant().number());
        }
        return table.path() == null ? List.of() : table.path().columns();
    }

    private boolean led(Relation relation, List<Integer> columns) {
        return examination.indexes(relation).stream()
                .filter(index ->
                        index.usable() && !index.partial() && index.method().equals("btree"))
                .anyMatch(index -> index.keys().size() >= columns.size()
                        && index.keys().subList(0, columns.size()).containsAll(columns));
    }

    private RuleMatch noIndex(Relation relation, List<Integer> leading) {
        String columns = examination.columnNames(relation, leading);
        // A partitioned table's index cannot be built concurrently.
        return RuleMatch.of(
                "table " + relation.quoted(),
                "no index begins with " + columns,
                "create index " + (relation.kind() == 'p' ? "" : "concurrently ") + "on " + relation.quoted() + " ("
                        + columns + ")");
    }

    Stream<RuleMatch> uselessIndexes() {
        return examination
                .tables()
                .filter(table -> table.relation().rowSecurity())
                .flatMap(table ->
                        examination.indexes(table.relation()).stream().flatMap(index -> useless(table, index)));
    }

    private Stream<RuleMatch> useless(ExaminedTable table, Index index) {
        List<String> reasons = new ArrayList<>();
        if (index.keys().contains(EXPRESSION)) {
            reasons.add("it is on an expression; put the expression into a stored generated column and index that");
        }
        String weak = weakColumns(table.relation(), index);
        if (!weak.isEmpty()) {
            reasons.add("no operator is leakproof for " + weak + "; " + alternative(index));
        }
        if (index.operatorClasses().stream().anyMatch(name -> name.endsWith("_pattern_ops"))) {
            reasons.add(FOR_LIKE);
        }
        String evidence = index.definition() + ": " + String.join("; ", reasons);
        return reasons.isEmpty() ? Stream.empty() : Stream.of(RuleMatch.of("index " + index.quoted(), evidence));
    }

    private String weakColumns(Relation relation, Index index) {
        return index.weakKeys().stream()
                .filter(position ->
                        position < index.keys().size() && index.keys().get(position) != EXPRESSION)
                .map(position ->
                        examination.columnNames(relation, List.of(index.keys().get(position))) + " by "
                                + index.operatorClasses().get(position))
                .collect(Collectors.joining(", "));
    }

    private static String alternative(Index index) {
        String classes = String.join(" ", index.operatorClasses());
        return ALTERNATIVES.entrySet().stream()
                .filter(entry -> classes.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("use a type whose operators are leakproof, in a generated column if need be");
    }
}
