package dev.boundary.doctor;

import static dev.boundary.doctor.Rule.Severity.CRITICAL;
import static dev.boundary.doctor.Rule.Severity.HIGH;
import static dev.boundary.doctor.RuleCheck.Phase.CLOSE;
import static dev.boundary.doctor.RuleCheck.rule;

import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tables that hold rows of tenants and to which the policies of another table do not extend. */
final class DescendantRules {

    static final List<RuleCheck> CHECKS = List.of(
            rule("BND-042", CRITICAL, "A partition can be addressed directly")
                    .why("The policies of a partitioned table apply only to statements that name it; who names the"
                            + " partition reads and writes all tenants' rows.")
                    .remedy("Grant on the partitioned table only, or protect each partition.")
                    .foundBy(CLOSE, examination -> new DescendantRules(examination).partitions()),
            rule("BND-043", CRITICAL, "An inheriting table can be addressed directly")
                    .why("The policies of the parent apply only to statements that name the parent.")
                    .remedy("Grant on the parent only, or protect each table.")
                    .foundBy(CLOSE, examination -> new DescendantRules(examination).inheritance()),
            rule("BND-044", HIGH, "A foreign table with rows of tenants is open")
                    .why("Foreign tables cannot have row-level security.")
                    .remedy("Revoke the privileges; protect the table on its own server.")
                    .foundBy(CLOSE, examination -> new DescendantRules(examination).foreignTables()));

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
        examination
                .catalog()
                .inheritance()
                .forEach(inheritance -> parents.putIfAbsent(inheritance.child(), inheritance.parent()));
        return parents.keySet().stream()
                .map(oid -> examination.catalog().relations().get(oid))
                .filter(relation -> relation != null && relation.table() && kind.test(relation))
                .sorted(Comparator.comparing(Relation::quoted))
                .filter(relation -> isOpen(relation) && protectedAncestor(parents, relation.oid()))
                .map(relation -> openDescendant(relation));
    }

    private boolean isOpen(Relation relation) {
        return !relation.rowSecurity() && examination.mayReadOrWrite(relation);
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
        String holders = String.join(", ", examination.rowHolders(relation));
        return RuleMatch.of(
                "table " + relation.quoted(),
                "row-level security is off and " + holders + " may address it directly",
                "revoke all on table " + relation.quoted() + " from " + holders);
    }

    Stream<RuleMatch> foreignTables() {
        return examination.catalog().relations().values().stream()
                .filter(relation -> relation.kind() == 'f')
                .filter(relation -> examination
                                .column(relation, examination.expectations().tenantColumn())
                                .isPresent()
                        || protectedParent(relation))
                .flatMap(relation ->
                        new GrantRules(examination).onRelation(relation, Examination.ROW_PRIVILEGES).stream());
    }

    private boolean protectedParent(Relation relation) {
        return examination.catalog().inheritance().stream()
                .anyMatch(inheritance ->
                        inheritance.child() == relation.oid() && examination.ofTenants(inheritance.parent()));
    }
}
