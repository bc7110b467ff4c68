package dev.boundary.doctor;

import static dev.boundary.doctor.Rule.Severity.CRITICAL;
import static dev.boundary.doctor.Rule.Severity.HIGH;
import static dev.boundary.doctor.RuleCheck.Phase.CLOSE;
import static dev.boundary.doctor.RuleCheck.check;

import dev.boundary.doctor.catalog.SecurityCatalog.Inheritance;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tables that hold rows of tenants and to which the policies of another table do not extend. */
final class DescendantRules {

    static final List<RuleCheck> CHECKS = List.of(
            check(
                    "BND-042",
                    CRITICAL,
                    CLOSE,
                    examination -> new DescendantRules(examination).partitions(),
                    "A partition can be addressed directly",
                    "The policies of a partitioned table apply only to statements that name it; who names the partition reads and writes all tenants' rows.",
                    "Grant on the partitioned table only, or protect each partition."),
            check(
                    "BND-043",
                    CRITICAL,
                    CLOSE,
                    examination -> new DescendantRules(examination).inheritance(),
                    "An inheriting table can be addressed directly",
                    "The policies of the parent apply only to statements that name the parent.",
                    "Grant on the parent only, or protect each table."),
            check(
                    "BND-044",
                    HIGH,
                    CLOSE,
                    examination -> new DescendantRules(examination).foreignTables(),
                    "A foreign table with rows of tenants is open",
                    "Foreign tables cannot have row-level security.",
                    "Revoke the privileges; protect the table on its own server."));

    private final Examination examination;

    DescendantRules(Examination examination) {
        this.examination = examination;
    }

    Stream<RuleMatch> partitions() {
        return descendants(Relation::partition);
    }

    Stream<RuleMatch> inheritance() {
        return descendants(relation -> !relation.partition());
    }

    private Stream<RuleMatch> descendants(Predicate<Relation> kind) {
        Map<Long, Long> parents = new HashMap<>();
        for (Inheritance inheritance : examination.catalog().inheritance()) {
            parents.putIfAbsent(inheritance.child(), inheritance.parent());
        }
        return parents.keySet().stream()
                .map(oid -> examination.catalog().relations().get(oid))
                .filter(relation -> relation != null && relation.table() && kind.test(relation))
                .sorted(Comparator.comparing(Relation::quoted))
                .filter(relation -> !relation.rowSecurity()
                        && protectedAncestor(parents, relation.oid())
                        && examination.mayReadOrWrite(relation))
                .map(relation -> openDescendant(relation));
    }

    private boolean protectedAncestor(Map<Long, Long> parents, long oid) {
        for (@Nullable Long parent = parents.get(oid); parent != null; parent = parents.get(parent)) {
            if (examination.ofTenants(parent)) {
                return true;
            }
        }
        return false;
    }

    private RuleMatch openDescendant(Relation relation) {
        Set<String> holders = new TreeSet<>(examination.holders(relation.grants(), relation.owner(), Privileges.ROWS));
        examination
                .columns(relation)
                .forEach(column ->
                        holders.addAll(examination.holders(column.grants(), relation.owner(), Privileges.ROWS)));
        return RuleMatch.of(
                "table " + relation.quoted(),
                "row-level security is off and " + String.join(", ", holders) + " may address it directly",
                "revoke all on table " + relation.quoted() + " from " + String.join(", ", holders));
    }

    Stream<RuleMatch> foreignTables() {
        return examination.catalog().relations().values().stream()
                .filter(relation -> relation.kind() == 'f')
                .filter(relation -> examination
                                .column(relation, examination.expectations().tenantColumn())
                                .isPresent()
                        || protectedParent(relation))
                .flatMap(relation -> new GrantRules(examination).onRelation(relation, Privileges.ROWS).stream());
    }

    private boolean protectedParent(Relation relation) {
        return examination.catalog().inheritance().stream()
                .anyMatch(inheritance ->
                        inheritance.child() == relation.oid() && examination.ofTenants(inheritance.parent()));
    }
}
