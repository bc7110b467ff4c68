package dev.boundary.doctor;

import static dev.boundary.doctor.Rule.Severity.CRITICAL;
import static dev.boundary.doctor.Rule.Severity.HIGH;
import static dev.boundary.doctor.Rule.Severity.LOW;
import static dev.boundary.doctor.Rule.Severity.MEDIUM;
import static dev.boundary.doctor.RuleCheck.Phase.DROP_POLICIES;
import static dev.boundary.doctor.RuleCheck.Phase.POLICIES;
import static dev.boundary.doctor.RuleCheck.rule;

import dev.boundary.doctor.catalog.SecurityCatalog.Policy;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What policies say. */
final class PolicyRules {

    static final List<RuleCheck> CHECKS = List.of(
            rule("BND-025", CRITICAL, "A permissive policy ignores the tenant")
                    .why("Permissive policies are joined by OR: one that is true for every row opens the table,"
                            + " whatever the others say. For UPDATE, USING (true) lets a tenant take any row by"
                            + " setting its tenant column, WITH CHECK notwithstanding.")
                    .remedy("Drop the policy, and add a restrictive floor.")
                    .foundBy(DROP_POLICIES, examination -> new PolicyRules(examination).wideWithoutFloor()),
            rule("BND-026", MEDIUM, "A permissive policy ignores the tenant, and only the floor holds it")
                    .why("The restrictive policy still keeps the tenants apart; nothing else does.")
                    .remedy("Drop the policy.")
                    .foundBy(DROP_POLICIES, examination -> new PolicyRules(examination).wideWithFloor()),
            rule("BND-027", MEDIUM, "No restrictive floor")
                    .why("Without a restrictive policy the next careless permissive policy opens the table.")
                    .remedy("Create a restrictive policy with the same condition.")
                    .foundBy(POLICIES, examination -> new PolicyRules(examination).noFloor()),
            rule("BND-028", CRITICAL, "WITH CHECK lets rows of other tenants in")
                    .why("A tenant can insert rows for another, or move its own there.")
                    .remedy("Give WITH CHECK the condition of USING.")
                    .foundBy(POLICIES, examination -> new PolicyRules(examination).weakCheck()),
            rule("BND-029", CRITICAL, "A policy is true when there is no tenant")
                    .why("A statement that comes without a tenant, by mistake or on purpose, sees every row.")
                    .remedy("Compare with nullif(current_setting(name, true), ''), which finds nothing, or with"
                            + " boundary.current_tenant_id(), which raises an error.")
                    .foundBy(POLICIES, examination -> new PolicyRules(examination).failsOpen()),
            rule("BND-030", CRITICAL, "A policy opens by a setting")
                    .why("Every SQL statement may set a custom setting, so whoever can inject SQL, or call"
                            + " set_config, is let past. A flag for all roles also turns each query into a full"
                            + " scan.")
                    .remedy("Give unscoped work a role of its own, and a policy TO that role.")
                    .foundBy(POLICIES, examination -> new PolicyRules(examination).opensBySetting()),
            rule("BND-031", LOW, "A policy reads the setting without nullif")
                    .why("After a transaction that set it, the setting is an empty text and not NULL: the cast fails"
                            + " with 22P02, or an empty tenant is compared.")
                    .remedy("Read nullif(current_setting(name, true), '').")
                    .foundBy(POLICIES, examination -> new PolicyRules(examination).withoutNullif()),
            rule("BND-032", MEDIUM, "A policy goes by the name of the database user")
                    .why("A service connects as one user for all tenants, so the policy does not tell them apart; a"
                            + " change of role changes the rows.")
                    .remedy("Go by the session variable.")
                    .foundBy(POLICIES, examination -> new PolicyRules(examination).dependsOnUser()),
            rule("BND-033", MEDIUM, "A policy reads a table without row-level security")
                    .why("Whoever may write to that table decides what the policy lets through, and a concurrent"
                            + " change of it races with the check.")
                    .remedy("Keep the condition local to the row, or protect the other table.")
                    .foundBy(POLICIES, examination -> new PolicyRules(examination).readsOpenTable()),
            rule("BND-034", HIGH, "A policy differs from what Boundary made")
                    .why("Someone changed or dropped a policy after the migration. The texts compared are those that"
                            + " PostgreSQL prints from its parse tree.")
                    .remedy("Create it again; change policies by migrations only.")
                    .foundBy(POLICIES, examination -> new PolicyRules(examination).drift()));

    private final Examination examination;
    private final FixStatements fixes;

    PolicyRules(Examination examination) {
        this.examination = examination;
        this.fixes = new FixStatements(examination);
    }

    private static String name(ExaminedTable table, Policy policy) {
        return "policy " + policy.quoted() + " on " + table.relation().quoted();
    }

    private static String evidence(Policy policy) {
        return (policy.using() == null ? "" : "USING (" + ExpectedPredicate.normal(policy.using()) + ") ")
                + (policy.check() == null ? "" : "WITH CHECK (" + ExpectedPredicate.normal(policy.check()) + ")");
    }

    private static boolean ignoresTenant(ExaminedTable table, @Nullable String expression) {
        if (expression == null) {
            return false;
        }
        PolicyText text = new PolicyText(expression);
        return text.always() || !text.mentionsTenant(table);
    }

    /** Rows that a restrictive policy lets through for a command are the tenant's, whatever permissive ones say. */
    private boolean floored(ExaminedTable table, char command, boolean writing) {
        return examination.applicationPolicies(table.relation()).stream()
                .filter(policy -> !policy.permissive() && (policy.command() == '*' || policy.command() == command))
                .map(policy -> writing && policy.check() != null ? policy.check() : policy.using())
                .anyMatch(condition -> condition != null && !ignoresTenant(table, condition));
    }

    Stream<RuleMatch> wideWithoutFloor() {
        return wide(false);
    }

    Stream<RuleMatch> wideWithFloor() {
        return wide(true);
    }

    private Stream<RuleMatch> wide(boolean floor) {
        return applicationPolicies((table, policy) -> policy.permissive()
                        && ignoresTenant(table, policy.using())
                        && floored(table, policy.command(), false) == floor)
                .map(entry -> match(entry, dropOrCorrect(entry.table(), entry.policy())));
    }

    private record TablePolicy(ExaminedTable table, Policy policy) {}

    private Stream<TablePolicy> applicationPolicies(BiPredicate<ExaminedTable, Policy> condition) {
        return examination
                .tables()
                .flatMap(table -> examination.applicationPolicies(table.relation()).stream()
                        .filter(policy -> condition.test(table, policy))
                        .map(policy -> new TablePolicy(table, policy)));
    }

    private static RuleMatch match(TablePolicy entry, List<String> fix) {
        return new RuleMatch(name(entry.table(), entry.policy()), evidence(entry.policy()), fix);
    }

    /** Boundary's own name is kept, with its condition; another is dropped. */
    private List<String> dropOrCorrect(ExaminedTable table, Policy policy) {
        boolean only = examination.applicationPolicies(table.relation()).stream()
                        .filter(Policy::permissive)
                        .count()
                == 1;
        List<String> alter = only ? fixes.alter(table, policy) : List.of();
        return alter.isEmpty() ? List.of(FixStatements.drop(table.relation(), policy)) : alter;
    }

    Stream<RuleMatch> noFloor() {
        return examination
                .tables()
                .filter(table -> table.relation().rowSecurity() && hasPermissivePolicy(table.relation()))
                .filter(table -> !floored(table, 'r', false))
                .map(table -> new RuleMatch(
                        TableRules.name(table),
                        "no restrictive policy holds " + examination.applicationNames() + " to its tenant for SELECT",
                        createFloor(table)));
    }

    private boolean hasPermissivePolicy(Relation relation) {
        return examination.applicationPolicies(relation).stream().anyMatch(Policy::permissive);
    }

    private List<String> createFloor(ExaminedTable table) {
        return PolicySet.of(examination, table)
                .map(set -> set.floorStatements(examination.applicationNames()))
                .orElse(List.of());
    }

    Stream<RuleMatch> weakCheck() {
        return applicationPolicies((table, policy) -> policy.permissive()
                        && "*aw".indexOf(policy.command()) >= 0
                        && ignoresTenant(table, policy.check())
                        && !floored(table, policy.command(), true))
                .map(this::altered);
    }

    private RuleMatch altered(TablePolicy entry) {
        return match(entry, fixes.alter(entry.table(), entry.policy()));
    }

    Stream<RuleMatch> failsOpen() {
        return texts((table, text) -> text.failsOpen(table));
    }

    Stream<RuleMatch> opensBySetting() {
        String variable = examination.variable().name();
        return texts((table, text) -> text.opensBySetting(variable));
    }

    Stream<RuleMatch> withoutNullif() {
        return texts((table, text) -> text.readsSettingWithoutNullif());
    }

    Stream<RuleMatch> dependsOnUser() {
        return texts((table, text) -> text.dependsOnUser());
    }

    private Stream<RuleMatch> texts(BiPredicate<ExaminedTable, PolicyText> sign) {
        return applicationPolicies((table, policy) -> PolicyText.of(policy).anyMatch(text -> sign.test(table, text)))
                .map(this::altered);
    }

    Stream<RuleMatch> readsOpenTable() {
        return examination
                .tables()
                .flatMap(table -> examination.applicationPolicies(table.relation()).stream()
                        .flatMap(policy -> openTables(policy).stream()
                                .map(read -> new RuleMatch(
                                        name(table, policy),
                                        "reads " + read.quoted() + ", on which row-level security is off",
                                        fixes.alter(table, policy)))));
    }

    private List<Relation> openTables(Policy policy) {
        return policy.tables().stream()
                .map(oid -> examination.catalog().relations().get(oid))
                .filter(relation -> relation != null && relation.table() && !relation.rowSecurity())
                .toList();
    }

    Stream<RuleMatch> drift() {
        return examination
                .tables()
                .filter(ExaminedTable::registered)
                .flatMap(table -> PolicySet.of(examination, table)
                        .map(set -> set.policies().stream())
                        .orElse(Stream.empty())
                        .flatMap(expected -> drift(table, expected)));
    }

    private Stream<RuleMatch> drift(ExaminedTable table, PolicySet.Expected expected) {
        Optional<Policy> found = examination.policies(table.relation()).stream()
                .filter(policy -> policy.name().equals(expected.name()))
                .findFirst();
        return found.isPresent() && expected.matches(found.get())
                ? Stream.empty()
                : Stream.of(new RuleMatch(
                        "policy " + expected.name() + " on " + table.relation().quoted(),
                        found.map(policy -> evidence(policy) + "; ").orElse("is missing; ") + "Boundary makes "
                                + expected.printed(),
                        expected.statements(table.relation(), roles(found))));
    }

    private String roles(Optional<Policy> found) {
        return found.map(policy ->
                        policy.roles().stream().map(examination::roleName).collect(Collectors.joining(", ")))
                .orElse(examination.applicationNames());
    }
}
