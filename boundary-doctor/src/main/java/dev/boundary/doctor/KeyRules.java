package dev.boundary.doctor;

import static dev.boundary.doctor.Rule.Severity.CRITICAL;
import static dev.boundary.doctor.Rule.Severity.HIGH;
import static dev.boundary.doctor.Rule.Severity.LOW;
import static dev.boundary.doctor.Rule.Severity.MEDIUM;
import static dev.boundary.doctor.RuleCheck.Phase.INDEXES;
import static dev.boundary.doctor.RuleCheck.Phase.KEYS;
import static dev.boundary.doctor.RuleCheck.check;

import dev.boundary.core.TableKind;
import dev.boundary.doctor.catalog.SecurityCatalog.Column;
import dev.boundary.doctor.catalog.SecurityCatalog.ForeignKey;
import dev.boundary.doctor.catalog.SecurityCatalog.Index;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Foreign keys, unique keys and indexes. */
final class KeyRules {

    static final List<RuleCheck> CHECKS = List.of(
            check(
                    "BND-023",
                    MEDIUM,
                    INDEXES,
                    examination -> new KeyRules(examination).noTenantIndex(),
                    "No index begins with the tenant column",
                    "Each statement of each tenant reads the whole table. For a child table it is the foreign key that the policy goes by.",
                    "Create the index."),
            check(
                    "BND-024",
                    LOW,
                    INDEXES,
                    examination -> new KeyRules(examination).uselessIndexes(),
                    "An index that row-level security makes useless",
                    "PostgreSQL evaluates a condition whose operator is not leakproof only after the policies have filtered, so no index serves it: LIKE, lower(), ->>, @>, @@, trigrams, numeric and enum comparisons. An explicit tenant predicate in the query does not help.",
                    "Use ^@ for prefixes (index from PostgreSQL 15), integers for money, text with CHECK for enums, stored generated columns for expressions."),
            check(
                    "BND-045",
                    HIGH,
                    KEYS,
                    examination -> new KeyRules(examination).foreignKeys(),
                    "A foreign key crosses tenants",
                    "The check ignores policies, so a row can point at another tenant's row, and success or failure tells whether it exists.",
                    "Use (tenant column, key) on both sides."),
            check(
                    "BND-046",
                    CRITICAL,
                    KEYS,
                    examination -> new KeyRules(examination).cascades(),
                    "A foreign key carries changes across tenants",
                    "ON DELETE and ON UPDATE run past the policies, also where they are forced: one tenant deletes or changes another tenant's rows.",
                    "Use (tenant column, key) on both sides."),
            check(
                    "BND-047",
                    MEDIUM,
                    KEYS,
                    examination -> new KeyRules(examination).uniqueOracle(),
                    "A unique key tells what other tenants have",
                    "23505, and no row from ON CONFLICT DO NOTHING, say that a value exists in rows that the tenant cannot see; and no two tenants can use the same value.",
                    "Put the tenant column first in the key."),
            check(
                    "BND-048",
                    LOW,
                    KEYS,
                    examination -> new KeyRules(examination).generatedKeyOracle(),
                    "A numbered key tells how many rows other tenants have",
                    "Numbers from one sequence show the volume, and inserting a number that is taken fails.",
                    "Use (tenant column, key), or random keys."));

    private final Examination examination;

    KeyRules(Examination examination) {
        this.examination = examination;
    }

    Stream<RuleMatch> foreignKeys() {
        return crossing(key -> !key.cascades());
    }

    Stream<RuleMatch> cascades() {
        return crossing(ForeignKey::cascades);
    }

    /** Foreign keys between two tables with tenant columns that do not compare these. */
    private Stream<RuleMatch> crossing(Predicate<ForeignKey> kind) {
        return examination.catalog().foreignKeys().stream().filter(kind).flatMap(key -> {
            ExaminedTable from = examination.table(key.relation());
            ExaminedTable to = examination.table(key.referenced());
            if (from == null || to == null || !from.ofTenants() || !to.ofTenants()) {
                return Stream.empty();
            }
            Column own = from.tenant();
            Column other = to.tenant();
            return own == null || other == null || pairs(key, own, other)
                    ? Stream.empty()
                    : Stream.of(crossing(key, from, to, own, other));
        });
    }

    private static boolean pairs(ForeignKey key, Column own, Column other) {
        int position = key.columns().indexOf(own.number());
        return position >= 0 && key.referencedColumns().get(position) == other.number();
    }

    private RuleMatch crossing(ForeignKey key, ExaminedTable from, ExaminedTable to, Column own, Column other) {
        // A key that names the tenant cannot point at a shared row.
        boolean shared = to.classification() == TableKind.MIXED;
        return new RuleMatch(
                "constraint " + key.quoted() + " on " + from.relation().quoted(),
                key.definition() + " does not compare " + own.quoted() + " with " + other.quoted()
                        + (shared ? "; the referenced table has shared rows, so people must decide" : ""),
                shared || key.columns().contains(own.number())
                        ? List.of()
                        : composite(key, from.relation(), to.relation(), own, other));
    }

    private List<String> composite(ForeignKey key, Relation from, Relation to, Column own, Column other) {
        List<Integer> referenced = new ArrayList<>(List.of(other.number()));
        referenced.addAll(key.referencedColumns());
        List<String> statements = new ArrayList<>();
        boolean unique = examination.indexes(to).stream()
                .anyMatch(index -> index.unique()
                        && !index.partial()
                        && index.keys().size() == referenced.size()
                        && index.keys().containsAll(referenced));
        String columns = examination.columnNames(to, referenced);
        if (!unique) {
            statements.add("alter table " + to.quoted() + " add unique (" + columns + ")");
        }
        statements.add("alter table " + from.quoted() + " drop constraint " + key.quoted() + ", add constraint "
                + key.quoted() + " foreign key (" + own.quoted() + ", "
                + examination.columnNames(from, key.columns()) + ") references " + to.quoted() + " (" + columns + ")"
                + action(key, from, " on delete ", key.onDelete())
                + action(key, from, " on update ", key.onUpdate()));
        return statements;
    }

    /** SET NULL keeps the tenant: from 15 on it may name its columns. */
    private String action(ForeignKey key, Relation from, String event, char action) {
        boolean names =
                event.contains("delete") && examination.catalog().server().versionNumber() >= 150000;
        String columns = names ? " (" + examination.columnNames(from, key.columns()) + ")" : "";
        return switch (action) {
            case 'c' -> event + "cascade";
            case 'r' -> event + "restrict";
            case 'n' -> event + (names ? "set null" + columns : "no action");
            case 'd' -> event + (names ? "set default" + columns : "no action");
            default -> "";
        };
    }

    Stream<RuleMatch> uniqueOracle() {
        return oracles(false);
    }

    Stream<RuleMatch> generatedKeyOracle() {
        return oracles(true);
    }

    private Stream<RuleMatch> oracles(boolean generated) {
        return examination
                .tables()
                .flatMap(table -> TableRules.tenant(table)
                        .flatMap(tenant -> examination.indexes(table.relation()).stream()
                                .filter(index -> (index.unique() || index.exclusion())
                                        && !index.keys().contains(tenant.number())
                                        && !random(table.relation(), index)
                                        && generated(table.relation(), index) == generated)
                                .map(index -> new RuleMatch(
                                        "index " + index.quoted(),
                                        index.definition() + " does not contain " + tenant.quoted(),
                                        perTenant(table.relation(), index, tenant)))));
    }

    /** Nobody guesses a uuid. */
    private boolean random(Relation relation, Index index) {
        return allKeys(relation, index, column -> column.baseType().equals("uuid"));
    }

    private boolean generated(Relation relation, Index index) {
        return allKeys(relation, index, Column::fromSequence);
    }

    private boolean allKeys(Relation relation, Index index, Predicate<Column> condition) {
        return index.keys().stream()
                .allMatch(number -> examination.columns(relation).stream()
                        .anyMatch(column -> column.number() == number && condition.test(column)));
    }

    /** Only where nothing else depends on the key, and what it says can be said again. */
    private List<String> perTenant(Relation relation, Index index, Column tenant) {
        boolean referenced = examination.catalog().foreignKeys().stream()
                .anyMatch(key -> key.referenced() == relation.oid()
                        && key.referencedColumns().size() == index.keys().size()
                        && key.referencedColumns().containsAll(index.keys()));
        if (referenced || index.exclusion() || index.partial() || index.keys().contains(0)) {
            return List.of();
        }
        String columns = tenant.quoted() + ", " + examination.columnNames(relation, index.keys());
        String constraint = index.constraint();
        if (constraint == null) {
            return List.of(
                    "create unique index on " + relation.quoted() + " (" + columns + ")",
                    "drop index " + index.quoted());
        }
        return List.of("alter table " + relation.quoted() + " drop constraint " + constraint + ", add "
                + (index.primary() ? "primary key" : "unique") + " (" + columns + ")");
    }

    Stream<RuleMatch> noTenantIndex() {
        return examination.tables().flatMap(table -> {
            List<Integer> wanted = table.tenant() != null
                    ? List.of(table.tenant().number())
                    : table.path() == null ? List.of() : table.path().columns();
            return wanted.isEmpty() || led(table.relation(), wanted)
                    ? Stream.empty()
                    : Stream.of(noIndex(table.relation(), wanted));
        });
    }

    private boolean led(Relation relation, List<Integer> wanted) {
        return examination.indexes(relation).stream()
                .filter(index ->
                        index.usable() && !index.partial() && index.method().equals("btree"))
                .anyMatch(index -> index.keys().size() >= wanted.size()
                        && index.keys().subList(0, wanted.size()).containsAll(wanted));
    }

    private RuleMatch noIndex(Relation relation, List<Integer> wanted) {
        String columns = examination.columnNames(relation, wanted);
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
        if (index.keys().contains(0)) {
            reasons.add("it is on an expression; put the expression into a stored generated column and index that");
        }
        String weak = index.weakKeys().stream()
                .filter(position ->
                        position < index.keys().size() && index.keys().get(position) != 0)
                .map(position -> examination.columnNames(
                                table.relation(), List.of(index.keys().get(position)))
                        + " by " + index.operatorClasses().get(position))
                .collect(Collectors.joining(", "));
        if (!weak.isEmpty()) {
            reasons.add("no operator is leakproof for " + weak + "; " + alternative(index));
        }
        if (index.operatorClasses().stream().anyMatch(name -> name.endsWith("_pattern_ops"))) {
            reasons.add(
                    "it is for LIKE, which is not leakproof; write column ^@ 'prefix' (index from PostgreSQL 15 on)");
        }
        return reasons.isEmpty()
                ? Stream.empty()
                : Stream.of(RuleMatch.of(
                        "index " + index.quoted(), index.definition() + ": " + String.join("; ", reasons)));
    }

    private static String alternative(Index index) {
        String classes = String.join(" ", index.operatorClasses());
        if (classes.contains("trgm")) {
            return "use ^@ for prefixes, or search in a table of words led by the tenant column";
        }
        if (classes.contains("json")) {
            return "put what is searched for into generated columns";
        }
        if (classes.contains("numeric")) {
            return "use integers for money and counts";
        }
        if (classes.contains("enum")) {
            return "use text with a CHECK constraint";
        }
        if (classes.contains("tsvector")) {
            return "keep lexemes in a table led by the tenant column";
        }
        return "use a type whose operators are leakproof, in a generated column if need be";
    }
}
