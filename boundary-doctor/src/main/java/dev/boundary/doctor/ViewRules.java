package dev.boundary.doctor;

import static dev.boundary.doctor.Rule.Severity.CRITICAL;
import static dev.boundary.doctor.Rule.Severity.LOW;
import static dev.boundary.doctor.Rule.Severity.MEDIUM;
import static dev.boundary.doctor.RuleCheck.Phase.CLOSE;
import static dev.boundary.doctor.RuleCheck.Phase.KEYS;
import static dev.boundary.doctor.RuleCheck.Phase.ROUTINES;
import static dev.boundary.doctor.RuleCheck.rule;

import dev.boundary.doctor.catalog.SecurityCatalog.Publication;
import dev.boundary.doctor.catalog.SecurityCatalog.Reader;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Other ways to the rows: views, materialized views, publications, large objects. */
final class ViewRules {

    static final List<RuleCheck> CHECKS = List.of(
            rule("BND-056", CRITICAL, "A view shows all tenants' rows")
                    .why("A view reads as its owner, and its owner is not held by the policies.")
                    .remedy("Set security_invoker (PostgreSQL 15 and later); before, let a plain role own it and"
                            + " force row-level security.")
                    .foundBy(ROUTINES, examination -> new ViewRules(examination).bypassingViews()),
            rule("BND-057", LOW, "A view reads as its owner")
                    .why("The policies of the owner apply and not those of the caller, so the view shows nothing, or"
                            + " too much after the next change of ownership; and without security_barrier a caller's"
                            + " function may see rows that the view leaves out.")
                    .remedy("Set security_invoker (PostgreSQL 15 and later).")
                    .foundBy(ROUTINES, examination -> new ViewRules(examination).ownerViews()),
            rule("BND-058", CRITICAL, "A materialized view shows all tenants' rows")
                    .why("It keeps what its owner saw, and cannot have policies.")
                    .remedy("Revoke access, and read it through a view with a tenant predicate, or keep a protected"
                            + " table instead.")
                    .foundBy(CLOSE, examination -> new ViewRules(examination).materializedViews()),
            rule("BND-059", MEDIUM, "A publication carries all tenants' rows")
                    .why("Logical replication ignores policies on the publishing side; the subscriber has every row.")
                    .remedy("Take the table out, or give it a row filter (PostgreSQL 15 and later), if the"
                            + " subscriber is not trusted with all tenants.")
                    .foundBy(ROUTINES, examination -> new ViewRules(examination).publications()),
            rule("BND-060", LOW, "Large objects are in use")
                    .why("They have owners, not tenants: every tenant's request comes as the same role.")
                    .remedy("Keep contents in bytea columns of protected tables.")
                    .foundBy(KEYS, examination -> new ViewRules(examination).largeObjects()));

    private static final int VERSION_15 = 150000;

    private final Examination examination;

    ViewRules(Examination examination) {
        this.examination = examination;
    }

    Stream<RuleMatch> bypassingViews() {
        return plainViews().filter(entry -> bypasses(entry)).map(entry -> match(entry));
    }

    Stream<RuleMatch> ownerViews() {
        return plainViews()
                .filter(entry -> !bypasses(entry))
                .filter(entry -> !entry.view().optionOn("security_barrier"))
                .map(entry -> match(entry));
    }

    private record ViewOfTenants(Relation view, List<Relation> tables) {}

    private Stream<ViewOfTenants> plainViews() {
        return views('v').filter(entry -> !entry.view().optionOn("security_invoker"));
    }

    private boolean bypasses(ViewOfTenants entry) {
        return entry.tables().stream()
                .anyMatch(table -> examination.seesAll(entry.view().owner(), table));
    }

    private RuleMatch match(ViewOfTenants entry) {
        Relation view = entry.view();
        return RuleMatch.of(
                "view " + view.quoted(),
                "reads " + names(entry.tables()) + " as its owner " + examination.roleName(view.owner()),
                examination.catalog().server().versionNumber() >= VERSION_15
                        ? "alter view " + view.quoted() + " set (security_invoker = true)"
                        : "revoke all on table " + view.quoted() + " from "
                                + String.join(", ", examination.rowHolders(view)));
    }

    Stream<RuleMatch> materializedViews() {
        return views('m')
                .map(entry -> RuleMatch.of(
                        "materialized view " + entry.view().quoted(),
                        "holds rows of " + names(entry.tables()) + " for all tenants",
                        "revoke all on table " + entry.view().quoted() + " from "
                                + String.join(", ", examination.rowHolders(entry.view()))));
    }

    /** Views of a kind that the application may use and that read tables of tenants, directly or through others. */
    private Stream<ViewOfTenants> views(char kind) {
        Map<Long, List<Long>> sources = examination.catalog().readers().stream()
                .collect(Collectors.groupingBy(
                        Reader::view, HashMap::new, Collectors.mapping(Reader::source, Collectors.toList())));
        return examination.catalog().relations().values().stream()
                .filter(relation -> relation.kind() == kind && examination.mayReadOrWrite(relation))
                .map(relation -> new ViewOfTenants(relation, tables(sources, relation.oid())))
                .filter(entry -> !entry.tables().isEmpty());
    }

    private List<Relation> tables(Map<Long, List<Long>> sources, long view) {
        Set<Long> seen = new HashSet<>(Set.of(view));
        Deque<Long> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            sources.getOrDefault(open.pop(), List.of()).stream()
                    .filter(seen::add)
                    .forEach(open::push);
        }
        return seen.stream()
                .map(examination::table)
                .filter(table -> table != null && table.ofTenants())
                .map(ExaminedTable::relation)
                .distinct()
                .sorted(Comparator.comparing(Relation::quoted))
                .toList();
    }

    private static String names(List<Relation> relations) {
        return relations.stream().map(Relation::quoted).collect(Collectors.joining(", "));
    }

    Stream<RuleMatch> publications() {
        return examination.catalog().publications().stream()
                .filter(publication -> !publication.filtered())
                .filter(publication -> publication.relation() == 0
                        ? examination.tables().findAny().isPresent()
                        : examination.ofTenants(publication.relation()))
                .map(publication -> published(publication));
    }

    private RuleMatch published(Publication publication) {
        Relation relation = examination.catalog().relations().get(publication.relation());
        String table = relation == null ? "all tables" : "table " + relation.quoted();
        return new RuleMatch(
                "publication " + publication.quoted() + ", " + table,
                "rows of all tenants are published",
                publication.byName()
                        ? List.of("alter publication " + publication.quoted() + " drop " + table)
                        : List.of());
    }

    Stream<RuleMatch> largeObjects() {
        long count = examination.catalog().server().largeObjects();
        return count == 0
                ? Stream.empty()
                : Stream.of(RuleMatch.of(
                        "database "
                                + Quoting.identifier(
                                        examination.catalog().server().database()),
                        count + " large objects, which row-level security does not cover"));
    }
}
