package dev.boundary.doctor;

import dev.boundary.core.SessionVariable;
import dev.boundary.doctor.Expectations.Expected;
import dev.boundary.doctor.catalog.SecurityCatalog;
import dev.boundary.doctor.catalog.SecurityCatalog.Column;
import dev.boundary.doctor.catalog.SecurityCatalog.Grant;
import dev.boundary.doctor.catalog.SecurityCatalog.Index;
import dev.boundary.doctor.catalog.SecurityCatalog.Policy;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import dev.boundary.doctor.catalog.SecurityCatalog.Role;
import dev.boundary.doctor.catalog.SecurityCatalog.Routine;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The catalog, the expectations and what the rules need to know of both, computed once. */
final class Examination {

    /** Privileges with which rows can be read or changed, as {@code aclexplode} prints them. */
    static final Set<String> ROW_PRIVILEGES = Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE");

    private static final long PUBLIC = 0;

    private final SecurityCatalog catalog;
    private final Expectations expectations;
    private final SessionVariable variable;
    private final List<Role> applicationRoles;
    private final Map<Long, Set<Long>> reachable = new HashMap<>();
    private final Set<Long> grantees;
    private final Map<Long, List<Column>> columns;
    private final Map<Long, List<Policy>> policies;
    private final Map<Long, List<Index>> indexes;
    private final Map<Long, ExaminedTable> tables;

    Examination(
            SecurityCatalog catalog, Expectations expectations, SessionVariable variable, List<Role> applicationRoles) {
        this.catalog = catalog;
        this.expectations = expectations;
        this.variable = catalog.installation() == null
                ? variable
                : catalog.installation().sessionVariable();
        this.applicationRoles = List.copyOf(applicationRoles);
        applicationRoles.forEach(role -> reachable.put(role.oid(), closure(role.oid())));
        this.grantees = grantees();
        this.columns = byRelation(catalog.columns(), Column::relation);
        this.policies = byRelation(catalog.policies(), Policy::relation);
        this.indexes = byRelation(catalog.indexes(), Index::relation);
        this.tables = new Classifier(catalog, expectations, columns, policies).classify();
    }

    SecurityCatalog catalog() {
        return catalog;
    }

    Expectations expectations() {
        return expectations;
    }

    /** What the caller expects of a table; empty if it is not named. */
    Optional<Expected> expectation(Relation relation) {
        return expectations.of(relation.schema(), relation.name());
    }

    SessionVariable variable() {
        return variable;
    }

    List<Role> applicationRoles() {
        return applicationRoles;
    }

    /** The role itself and every role that it can become or inherit from. */
    Set<Long> reachable(Role role) {
        return reachable.getOrDefault(role.oid(), Set.of(role.oid()));
    }

    /** Tables with rows of tenants. */
    Stream<ExaminedTable> tables() {
        return tables.values().stream().filter(ExaminedTable::ofTenants);
    }

    Stream<ExaminedTable> allTables() {
        return tables.values().stream();
    }

    /** Null for a partition, a table of an extension, and what is not a table. */
    @Nullable
    ExaminedTable table(long oid) {
        return tables.get(oid);
    }

    boolean ofTenants(long oid) {
        ExaminedTable table = tables.get(oid);
        return table != null && table.ofTenants();
    }

    List<Column> columns(Relation relation) {
        return columns.getOrDefault(relation.oid(), List.of());
    }

    Optional<Column> column(Relation relation, String name) {
        return columns(relation).stream()
                .filter(column -> column.name().equals(name))
                .findFirst();
    }

    String columnNames(Relation relation, List<Integer> numbers) {
        return numbers.stream()
                .map(number -> column(relation, number).map(Column::quoted).orElse("?"))
                .collect(Collectors.joining(", "));
    }

    Optional<Column> column(Relation relation, int number) {
        return columns(relation).stream()
                .filter(column -> column.number() == number)
                .findFirst();
    }

    List<Policy> policies(Relation relation) {
        return policies.getOrDefault(relation.oid(), List.of());
    }

    /** Policies that apply to an application role. */
    List<Policy> applicationPolicies(Relation relation) {
        return policies(relation).stream().filter(this::appliesToApplication).toList();
    }

    boolean appliesToApplication(Policy policy) {
        return policy.roles().stream().anyMatch(role -> role == PUBLIC || inReach(role));
    }

    List<Index> indexes(Relation relation) {
        return indexes.getOrDefault(relation.oid(), List.of());
    }

    /** Whether a role is one of the application's, or one that they can become. */
    boolean inReach(long role) {
        return reachable.values().stream().anyMatch(roles -> roles.contains(role));
    }

    /**
     * Grants that reach the application: to PUBLIC, to its roles, to groups of theirs; not what an owner has anyway.
     */
    Stream<Grant> applicationGrants(List<Grant> grants, long owner) {
        return grants.stream()
                .filter(grant -> grant.grantee() == PUBLIC || grantees.contains(grant.grantee()))
                .filter(grant -> grant.grantee() != owner);
    }

    /** Roles that have a privilege and are in the application's reach, as SQL. */
    Set<String> holders(List<Grant> grants, long owner, Set<String> privileges) {
        return applicationGrants(grants, owner)
                .filter(grant -> privileges.contains(grant.privilege()))
                .map(grant -> roleName(grant.grantee()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Roles in the application's reach that can read or change rows of a relation or some of its columns, as SQL. */
    Set<String> rowHolders(Relation relation) {
        Set<String> holders = new TreeSet<>(holders(relation.grants(), relation.owner(), ROW_PRIVILEGES));
        columns(relation).forEach(column -> holders.addAll(holders(column.grants(), relation.owner(), ROW_PRIVILEGES)));
        return holders;
    }

    boolean mayReadOrWrite(Relation relation) {
        return !rowHolders(relation).isEmpty();
    }

    boolean mayExecute(Routine routine) {
        return !holders(routine.grants(), routine.owner(), Set.of("EXECUTE")).isEmpty();
    }

    /** A role's name as SQL. */
    String roleName(long oid) {
        if (oid == PUBLIC) {
            return "public";
        }
        Role role = catalog.roles().get(oid);
        return role == null ? Quoting.identifier(Long.toString(oid)) : role.quoted();
    }

    /** The names of the application roles as SQL. */
    String applicationNames() {
        return applicationRoles.stream().map(Role::quoted).collect(Collectors.joining(", "));
    }

    /** Whether whoever reads a table as a role reads all tenants' rows. */
    boolean seesAll(long role, Relation relation) {
        Role reader = catalog.roles().get(role);
        return (reader != null && (reader.superuser() || reader.bypassesRls()))
                || (relation.owner() == role && !relation.forced())
                || policies(relation).stream().anyMatch(policy -> showsAll(policy, role));
    }

    private static boolean showsAll(Policy policy, long role) {
        return policy.permissive()
                && "true".equals(policy.using())
                && "*r".indexOf(policy.command()) >= 0
                && policy.roles().stream().anyMatch(member -> member == PUBLIC || member == role);
    }

    /** A role that sees every row of some table of tenants. */
    boolean seesAll(long role) {
        return tables().anyMatch(table -> seesAll(role, table.relation()));
    }

    private Set<Long> closure(long start) {
        Set<Long> seen = new HashSet<>(Set.of(start));
        Deque<Long> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            long member = open.pop();
            catalog.memberships().stream()
                    .filter(membership -> membership.member() == member && seen.add(membership.role()))
                    .forEach(membership -> open.push(membership.role()));
        }
        return Set.copyOf(seen);
    }

    /** Superusers have every privilege; that they are reachable is a finding of its own. */
    private Set<Long> grantees() {
        return reachable.values().stream()
                .flatMap(Set::stream)
                .map(oid -> catalog.roles().get(oid))
                .filter(role -> role != null && !role.superuser())
                .map(Role::oid)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static <T> Map<Long, List<T>> byRelation(List<T> objects, Function<T, Long> relation) {
        return objects.stream().collect(Collectors.groupingBy(relation, LinkedHashMap::new, Collectors.toList()));
    }
}
