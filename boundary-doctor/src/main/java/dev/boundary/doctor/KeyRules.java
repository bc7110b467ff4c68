package dev.boundary.doctor;

import static dev.boundary.doctor.Rule.Severity.CRITICAL;
import static dev.boundary.doctor.Rule.Severity.HIGH;
import static dev.boundary.doctor.Rule.Severity.LOW;
import static dev.boundary.doctor.Rule.Severity.MEDIUM;
import static dev.boundary.doctor.RuleCheck.Phase.KEYS;
import static dev.boundary.doctor.RuleCheck.rule;

import dev.boundary.core.TableKind;
import dev.boundary.doctor.catalog.SecurityCatalog.Column;
import dev.boundary.doctor.catalog.SecurityCatalog.ForeignKey;
import dev.boundary.doctor.catalog.SecurityCatalog.Index;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Foreign keys and unique keys. */
final class KeyRules {

    static final List<RuleCheck> CHECKS = List.of(
            rule("BND-045", HIGH, "A foreign key crosses tenants")
                    .why("The check ignores policies, so a row can point at another tenant's row, and success or"
                            + " failure tells whether it exists.")
                    .remedy("Use (tenant column, key) on both sides.")
                    .foundBy(KEYS, examination -> new KeyRules(examination).foreignKeys()),
            rule("BND-046", CRITICAL, "A foreign key carries changes across tenants")
                    .why("ON DELETE and ON UPDATE run past the policies, also where they are forced: one tenant"
                            + " deletes or changes another tenant's rows.")
                    .remedy("Use (tenant column, key) on both sides.")
                    .foundBy(KEYS, examination -> new KeyRules(examination).cascades()),
            rule("BND-047", MEDIUM, "A unique key tells what other tenants have")
                    .why("23505, and no row from ON CONFLICT DO NOTHING, say that a value exists in rows that the"
                            + " tenant cannot see; and no two tenants can use the same value.")
                    .remedy("Put the tenant column first in the key.")
                    .foundBy(KEYS, examination -> new KeyRules(examination).uniqueOracle()),
            rule("BND-048", LOW, "A numbered key tells how many rows other tenants have")
                    .why("Numbers from one sequence show the volume, and inserting a number that is taken fails.")
                    .remedy("Use (tenant column, key), or random keys.")
                    .foundBy(KEYS, examination -> new KeyRules(examination).generatedKeyOracle()));

    /** What stands for a column's number in an index on an expression. */
    private static final int EXPRESSION = 0;

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
            return from == null || to == null || !from.ofTenants() || !to.ofTenants()
                    ? Stream.empty()
                    : crossing(key, from, to);
        });
    }

    private Stream<RuleMatch> crossing(ForeignKey key, ExaminedTable from, ExaminedTable to) {
        Column own = from.tenant();
        Column other = to.tenant();
        return own == null || other == null || pairs(key, own, other)
                ? Stream.empty()
                : Stream.of(crossing(key, from, to, own, other));
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
        String columns = examination.columnNames(to, referenced);
        String replace = "alter table " + from.quoted() + " drop constraint " + key.quoted() + ", add constraint "
                + key.quoted() + " foreign key (" + own.quoted() + ", "
                + examination.columnNames(from, key.columns()) + ") references " + to.quoted() + " (" + columns + ")"
                + action(key, from, " on delete ", key.onDelete())
                + action(key, from, " on update ", key.onUpdate());
        return isUnique(to, referenced)
                ? List.of(replace)
                : List.of("alter table " + to.quoted() + " add unique (" + columns + ")", replace);
    }

    private boolean isUnique(Relation relation, List<Integer> columns) {
        return examination.indexes(relation).stream()
                .anyMatch(index -> index.unique()
                        && !index.partial()
                        && index.keys().size() == columns.size()
                        && index.keys().containsAll(columns));
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
                                .filter(index -> isOracle(table.relation(), index, tenant)
                                        && generated(table.relation(), index) == generated)
                                .map(index -> oracle(table.relation(), index, tenant))));
    }

    private boolean isOracle(Relation relation, Index index, Column tenant) {
        return (index.unique() || index.exclusion())
                && !index.keys().contains(tenant.number())
                && !random(relation, index);
    }

    private RuleMatch oracle(Relation relation, Index index, Column tenant) {
        return new RuleMatch(
                "index " + index.quoted(),
                index.definition() + " does not contain " + tenant.quoted(),
                perTenant(relation, index, tenant));
    }

    /** No one guesses a uuid. */
    private boolean random(Relation relation, Index index) {
        return allKeys(relation, index, column -> column.baseType().equals("uuid"));
    }

    private boolean generated(Relation relation, Index index) {
        return allKeys(relation, index, Column::fromSequence);
    }

    private boolean allKeys(Relation relation, Index index, Predicate<Column> condition) {
        return index.keys().stream()
                .allMatch(number ->
                        examination.column(relation, number).filter(condition).isPresent());
    }

    /** Only where nothing else depends on the key, and nothing of its definition would be lost. */
    private List<String> perTenant(Relation relation, Index index, Column tenant) {
        if (isReferenced(relation, index)
                || index.exclusion()
                || index.partial()
                || index.keys().contains(EXPRESSION)) {
            return List.of();
        }
        String columns = tenant.quoted() + ", " + examination.columnNames(relation, index.keys());
        String constraint = index.constraint();
        return constraint == null
                ? List.of(
                        "create unique index on " + relation.quoted() + " (" + columns + ")",
                        "drop index " + index.quoted())
                : List.of("alter table " + relation.quoted() + " drop constraint " + constraint + ", add "
                        + (index.primary() ? "primary key" : "unique") + " (" + columns + ")");
    }

    private boolean isReferenced(Relation relation, Index index) {
        return examination.catalog().foreignKeys().stream()
                .anyMatch(key -> key.referenced() == relation.oid()
                        && key.referencedColumns().size() == index.keys().size()
                        && key.referencedColumns().containsAll(index.keys()));
    }
}
