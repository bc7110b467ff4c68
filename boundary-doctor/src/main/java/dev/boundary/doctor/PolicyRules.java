package dev.boundary.doctor;

import static dev.boundary.doctor.Rule.Severity.CRITICAL;
import static dev.boundary.doctor.Rule.Severity.HIGH;
import static dev.boundary.doctor.Rule.Severity.LOW;
import static dev.boundary.doctor.Rule.Severity.MEDIUM;
import static dev.boundary.doctor.RuleCheck.Phase.DROP_POLICIES;
import static dev.boundary.doctor.RuleCheck.Phase.POLICIES;
import static dev.boundary.doctor.RuleCheck.check;

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
            check(
                    "BND-025",
                    CRITICAL,
                    DROP_POLICIES,
                    examination -> new PolicyRules(examination).wideWithoutFloor(),
                    "A permissive policy ignores the tenant",
                    "Permissive policies are joined by OR: one that is true for every row opens the table, whatever the others say. For UPDATE, USING (true) lets a tenant take any row by setting its tenant column, WITH CHECK notwithstanding.",
                    "Drop the policy, and add a restrictive floor."),
            check(
                    "BND-026",
                    MEDIUM,
                    DROP_POLICIES,
                    examination -> new PolicyRules(examination).wideWithFloor(),
                    "A permissive policy ignores the tenant, and only the floor holds it",
                    "The restrictive policy still keeps the tenants apart; nothing else does.",
                    "Drop the policy."),
            check(
                    "BND-027",
                    MEDIUM,
                    POLICIES,
                    examination -> new PolicyRules(examination).noFloor(),
                    "No restrictive floor",
                    "Without a restrictive policy the next careless permissive policy opens the table.",
                    "Create a restrictive policy with the same condition."),
            check(
                    "BND-028",
                    CRITICAL,
                    POLICIES,
                    examination -> new PolicyRules(examination).weakCheck(),
                    "WITH CHECK lets rows of other tenants in",
                    "A tenant can insert rows for another, or move its own there.",
                    "Give WITH CHECK the condition of USING."),
            check(
                    "BND-029",
                    CRITICAL,
                    POLICIES,
                    examination -> new PolicyRules(examination).failsOpen(),
                    "A policy is true when there is no tenant",
                    "A statement that comes without a tenant, by mistake or on purpose, sees every row.",
                    "Compare with nullif(current_setting(name, true), ''), which finds nothing, or with boundary.current_tenant_id(), which raises an error."),
            check(
                    "BND-030",
                    CRITICAL,
                    POLICIES,
                    examination -> new PolicyRules(examination).opensBySetting(),
                    "A policy opens by a setting",
                    "Every SQL statement may set a custom setting, so whoever can inject SQL, or call set_config, is let past. A flag for all roles also turns each query into a full scan.",
                    "Give unscoped work a role of its own, and a policy TO that role."),
            check(
                    "BND-031",
                    LOW,
                    POLICIES,
                    examination -> new PolicyRules(examination).withoutNullif(),
                    "A policy reads the setting without nullif",
                    "After a transaction that set it, the setting is an empty text and not NULL: the cast fails with 22P02, or an empty tenant is compared.",
                    "Read nullif(current_setting(name, true), '')."),
            check(
                    "BND-032",
                    MEDIUM,
                    POLICIES,
                    examination -> new PolicyRules(examination).dependsOnUser(),
                    "A policy goes by the name of the database user",
                    "A service connects as one user for all tenants, so the policy does not tell them apart; a change of role changes the rows.",
                    "Go by the session variable."),
            check(
                    "BND-033",
                    MEDIUM,
                    POLICIES,
                    examination -> new PolicyRules(examination).readsOpenTable(),
                    "A policy reads a table without row-level security",
                    "Whoever may write to that table decides what the policy lets through, and a concurrent change of it races with the check.",
                    "Keep the condition local to the row, or protect the other table."),
            check(
                    "BND-034",
                    HIGH,
                    POLICIES,
                    examination -> new PolicyRules(examination).drift(),
                    "A policy differs from what Boundary made",
                    "Someone changed or dropped a policy after the migration. The texts compared are those that PostgreSQL prints from its parse tree.",
                    "Create it again; change policies by migrations only."));

    private final Examination examination;

    PolicyRules(Examination examination) {
        this.examination = examination;
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
                .anyMatch(policy -> {
                    String expression = writing && policy.check() != null ? policy.check() : policy.using();
                    return expression != null && !ignoresTenant(table, expression);
                });
    }

    Stream<RuleMatch> wideWithoutFloor() {
        return wide(false);
    }

    Stream<RuleMatch> wideWithFloor() {
        return wide(true);
    }

    private Stream<RuleMatch> wide(boolean floor) {
        return examination
                .tables()
                .flatMap(table -> examination.applicationPolicies(table.relation()).stream()
                        .filter(Policy::permissive)
                        .filter(policy -> ignoresTenant(table, policy.using()))
                        .filter(policy -> floored(table, policy.command(), false) == floor)
                        .map(policy ->
                                new RuleMatch(name(table, policy), evidence(policy), dropOrCorrect(table, policy))));
    }

    /** Boundary's own name is kept, with its condition; another is dropped. */
    private List<String> dropOrCorrect(ExaminedTable table, Policy policy) {
        boolean only = examination.applicationPolicies(table.relation()).stream()
                        .filter(Policy::permissive)
                        .count()
                == 1;
        List<String> alter = only ? FixStatements.alter(examination, table, policy) : List.of();
        return alter.isEmpty() ? List.of(FixStatements.drop(table.relation(), policy)) : alter;
    }

    Stream<RuleMatch> noFloor() {
        return examination
                .tables()
                .filter(table -> table.relation().rowSecurity())
                .filter(table -> examination.applicationPolicies(table.relation()).stream()
                        .anyMatch(Policy::permissive))
                .filter(table -> !floored(table, 'r', false))
                .map(table -> new RuleMatch(
                        TableRules.name(table),
                        "no restrictive policy holds " + examination.applicationNames() + " to its tenant for SELECT",
                        PolicySet.of(examination, table)
                                .map(set -> set.policies().stream()
                                        .filter(policy -> !policy.permissive())
                                        .flatMap(policy ->
                                                policy
                                                        .statements(table.relation(), examination.applicationNames())
                                                        .stream())
                                        .toList())
                                .orElse(List.of())));
    }

    Stream<RuleMatch> weakCheck() {
        return examination
                .tables()
                .flatMap(table -> examination.applicationPolicies(table.relation()).stream()
                        .filter(policy -> policy.permissive() && "*aw".indexOf(policy.command()) >= 0)
                        .filter(policy -> ignoresTenant(table, policy.check()))
                        .filter(policy -> !floored(table, policy.command(), true))
                        .map(policy -> new RuleMatch(
                                name(table, policy),
                                evidence(policy),
                                FixStatements.alter(examination, table, policy))));
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
        return examination
                .tables()
                .flatMap(table -> examination.applicationPolicies(table.relation()).stream()
                        .filter(policy -> Stream.of(
                                        Optional.ofNullable(policy.using()), Optional.ofNullable(policy.check()))
                                .flatMap(Optional::stream)
                                .anyMatch(text -> sign.test(table, new PolicyText(text))))
                        .map(policy -> new RuleMatch(
                                name(table, policy),
                                evidence(policy),
                                FixStatements.alter(examination, table, policy))));
    }

    Stream<RuleMatch> readsOpenTable() {
        return examination
                .tables()
                .flatMap(table -> examination.applicationPolicies(table.relation()).stream()
                        .flatMap(policy -> openTables(policy).stream()
                                .map(read -> new RuleMatch(
                                        name(table, policy),
                                        "reads " + read.quoted() + ", on which row-level security is off",
                                        FixStatements.alter(examination, table, policy)))));
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
        if (found.isPresent() && expected.matches(found.get())) {
            return Stream.empty();
        }
        String wanted = "Boundary makes USING (" + expected.printedUsing() + ")"
                + (expected.printedCheck() == null ? "" : " WITH CHECK (" + expected.printedCheck() + ")");
        String roles = found.map(policy ->
                        policy.roles().stream().map(examination::roleName).collect(Collectors.joining(", ")))
                .orElse(examination.applicationNames());
        return Stream.of(new RuleMatch(
                "policy " + expected.name() + " on " + table.relation().quoted(),
                found.map(policy -> evidence(policy) + "; ").orElse("is missing; ") + wanted,
                expected.statements(table.relation(), roles)));
    }
}
