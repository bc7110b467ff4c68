package dev.boundary.doctor;

import static dev.boundary.doctor.Rule.Severity.CRITICAL;
import static dev.boundary.doctor.Rule.Severity.LOW;
import static dev.boundary.doctor.Rule.Severity.MEDIUM;
import static dev.boundary.doctor.RuleCheck.Phase.CLOSE;
import static dev.boundary.doctor.RuleCheck.Phase.KEYS;
import static dev.boundary.doctor.RuleCheck.Phase.ROUTINES;
import static dev.boundary.doctor.RuleCheck.check;

import dev.boundary.doctor.catalog.SecurityCatalog.Publication;
import dev.boundary.doctor.catalog.SecurityCatalog.Reader;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Other ways to the rows: views, materialized views, publications, large objects. */
final class ViewRules {

    static final List<RuleCheck> CHECKS = List.of(
            check(
                    "BND-056",
                    CRITICAL,
                    ROUTINES,
                    examination -> new ViewRules(examination).bypassingViews(),
                    "A view shows all tenants' rows",
                    "A view reads as its owner, and its owner is not held by the policies.",
                    "Set security_invoker (PostgreSQL 15 and later); before, let a plain role own it and force row-level security."),
            check(
                    "BND-057",
                    LOW,
                    ROUTINES,
                    examination -> new ViewRules(examination).ownerViews(),
                    "A view reads as its owner",
                    "The policies of the owner apply and not those of the caller, so the view shows nothing, or too much after the next change of ownership; and without security_barrier a caller's function may see rows that the view leaves out.",
                    "Set security_invoker (PostgreSQL 15 and later)."),
            check(
                    "BND-058",
                    CRITICAL,
                    CLOSE,
                    examination -> new ViewRules(examination).materializedViews(),
                    "A materialized view shows all tenants' rows",
                    "It keeps what its owner saw, and cannot have policies.",
                    "Revoke access, and read it through a view with a tenant predicate, or keep a protected table instead."),
            check(
                    "BND-059",
                    MEDIUM,
                    ROUTINES,
                    examination -> new ViewRules(examination).publications(),
                    "A publication carries all tenants' rows",
                    "Logical replication ignores policies on the publishing side; the subscriber has every row.",
                    "Take the table out, or give it a row filter (PostgreSQL 15 and later), if the subscriber is not trusted with all tenants."),
            check(
                    "BND-060",
                    LOW,
                    KEYS,
                    examination -> new ViewRules(examination).largeObjects(),
                    "Large objects are in use",
                    "They have owners, not tenants: every tenant's request comes as the same role.",
                    "Keep contents in bytea columns of protected tables."));

    private static final int VERSION_15 = 150000;

    private final Examination examination;

    ViewRules(Examination examination) {
        this.examination = examination;
    }

    Stream<RuleMatch> bypassingViews() {
        return plainViews().filter(entry -> bypasses(entry)).map(entry -> viewHit(entry));
    }

    Stream<RuleMatch> ownerViews() {
        return plainViews()
                .filter(entry -> !bypasses(entry))
                .filter(entry -> !entry.view().optionOn("security_barrier"))
                .map(entry -> viewHit(entry));
    }

    private record ViewOfTenants(Relation view, List<Relation> tables) {}

    private Stream<ViewOfTenants> plainViews() {
        return views('v').filter(entry -> !entry.view().optionOn("security_invoker"));
    }

    private boolean bypasses(ViewOfTenants entry) {
        return entry.tables().stream()
                .anyMatch(table -> examination.seesAll(entry.view().owner(), table));
    }

    private RuleMatch viewHit(ViewOfTenants entry) {
        Relation view = entry.view();
        return RuleMatch.of(
                "view " + view.quoted(),
                "reads " + names(entry.tables()) + " as its owner " + examination.roleName(view.owner()),
                examination.catalog().server().versionNumber() >= VERSION_15
                        ? "alter view " + view.quoted() + " set (security_invoker = true)"
                        : "revoke all on table " + view.quoted() + " from " + String.join(", ", holders(view)));
    }

    Stream<RuleMatch> materializedViews() {
        return views('m')
                .map(entry -> RuleMatch.of(
                        "materialized view " + entry.view().quoted(),
                        "holds rows of " + names(entry.tables()) + " for all tenants",
                        "revoke all on table " + entry.view().quoted() + " from "
                                + String.join(", ", holders(entry.view()))));
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
        List<Relation> tables = new ArrayList<>();
        while (!open.isEmpty()) {
            for (long source : sources.getOrDefault(open.pop(), List.of())) {
                if (seen.add(source)) {
                    open.push(source);
                    ExaminedTable table = examination.table(source);
                    if (table != null && table.ofTenants()) {
                        tables.add(table.relation());
                    }
                }
            }
        }
        tables.sort(Comparator.comparing(Relation::quoted));
        return tables;
    }

    private Set<String> holders(Relation relation) {
        Set<String> holders = new TreeSet<>(examination.holders(relation.grants(), relation.owner(), Privileges.ROWS));
        examination
                .columns(relation)
                .forEach(column ->
                        holders.addAll(examination.holders(column.grants(), relation.owner(), Privileges.ROWS)));
        return holders;
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
