package dev.boundary.rls.doctor;

import dev.boundary.rls.doctor.catalog.Catalog.Policy;
import dev.boundary.rls.doctor.catalog.Catalog.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What policies say. */
final class PolicyRules {

    private PolicyRules() {}

    private static String name(ClassifiedTable table, Policy policy) {
        return "policy " + policy.quoted() + " on " + table.relation().quoted();
    }

    private static String evidence(Policy policy) {
        return (policy.using() == null ? "" : "USING (" + ExpectedPredicate.normal(policy.using()) + ") ")
                + (policy.check() == null ? "" : "WITH CHECK (" + ExpectedPredicate.normal(policy.check()) + ")");
    }

    private static boolean ignoresTenant(ClassifiedTable table, @Nullable String expression) {
        if (expression == null) {
            return false;
        }
        PolicyText text = new PolicyText(expression);
        return text.always() || !text.mentionsTenant(table);
    }

    /** Rows that a restrictive policy lets through for a command are the tenant's, whatever permissive ones say. */
    private static boolean floored(Examination examination, ClassifiedTable table, char command, boolean writing) {
        return examination.applicationPolicies(table.relation()).stream()
                .filter(policy -> !policy.permissive() && (policy.command() == '*' || policy.command() == command))
                .anyMatch(policy -> {
                    String expression = writing && policy.check() != null ? policy.check() : policy.using();
                    return expression != null && !ignoresTenant(table, expression);
                });
    }

    static Stream<Hit> wideWithoutFloor(Examination examination) {
        return wide(examination, false);
    }

    static Stream<Hit> wideWithFloor(Examination examination) {
        return wide(examination, true);
    }

    private static Stream<Hit> wide(Examination examination, boolean floor) {
        return examination
                .tables()
                .flatMap(table -> examination.applicationPolicies(table.relation()).stream()
                        .filter(Policy::permissive)
                        .filter(policy -> ignoresTenant(table, policy.using()))
                        .filter(policy -> floored(examination, table, policy.command(), false) == floor)
                        .map(policy -> new Hit(
                                name(table, policy), evidence(policy), dropOrCorrect(examination, table, policy))));
    }

    /** Boundary's own name is kept, with its condition; another is dropped. */
    private static List<String> dropOrCorrect(Examination examination, ClassifiedTable table, Policy policy) {
        boolean only = examination.applicationPolicies(table.relation()).stream()
                        .filter(Policy::permissive)
                        .count()
                == 1;
        List<String> alter = only ? Mend.alter(examination, table, policy) : List.of();
        return alter.isEmpty() ? List.of(Mend.drop(table.relation(), policy)) : alter;
    }

    static Stream<Hit> noFloor(Examination examination) {
        return examination
                .tables()
                .filter(table -> table.relation().rowSecurity())
                .filter(table -> examination.applicationPolicies(table.relation()).stream()
                        .anyMatch(Policy::permissive))
                .filter(table -> !floored(examination, table, 'r', false))
                .map(table -> new Hit(
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

    static Stream<Hit> weakCheck(Examination examination) {
        return examination
                .tables()
                .flatMap(table -> examination.applicationPolicies(table.relation()).stream()
                        .filter(policy -> policy.permissive() && "*aw".indexOf(policy.command()) >= 0)
                        .filter(policy -> ignoresTenant(table, policy.check()))
                        .filter(policy -> !floored(examination, table, policy.command(), true))
                        .map(policy -> new Hit(
                                name(table, policy), evidence(policy), Mend.alter(examination, table, policy))));
    }

    static Stream<Hit> failsOpen(Examination examination) {
        return texts(examination, (table, text) -> text.failsOpen(table));
    }

    static Stream<Hit> opensBySetting(Examination examination) {
        String variable = examination.variable().name();
        return texts(examination, (table, text) -> text.opensBySetting(variable));
    }

    static Stream<Hit> withoutNullif(Examination examination) {
        return texts(examination, (table, text) -> text.readsSettingWithoutNullif());
    }

    static Stream<Hit> dependsOnUser(Examination examination) {
        return texts(examination, (table, text) -> text.dependsOnUser());
    }

    private static Stream<Hit> texts(Examination examination, BiPredicate<ClassifiedTable, PolicyText> sign) {
        return examination
                .tables()
                .flatMap(table -> examination.applicationPolicies(table.relation()).stream()
                        .filter(policy -> Stream.of(
                                        Optional.ofNullable(policy.using()), Optional.ofNullable(policy.check()))
                                .flatMap(Optional::stream)
                                .anyMatch(text -> sign.test(table, new PolicyText(text))))
                        .map(policy -> new Hit(
                                name(table, policy), evidence(policy), Mend.alter(examination, table, policy))));
    }

    static Stream<Hit> readsOpenTable(Examination examination) {
        return examination
                .tables()
                .flatMap(table -> examination.applicationPolicies(table.relation()).stream()
                        .flatMap(policy -> openTables(examination, policy).stream()
                                .map(read -> new Hit(
                                        name(table, policy),
                                        "reads " + read.quoted() + ", on which row-level security is off",
                                        Mend.alter(examination, table, policy)))));
    }

    private static List<Relation> openTables(Examination examination, Policy policy) {
        return policy.tables().stream()
                .map(oid -> examination.catalog().relations().get(oid))
                .filter(relation -> relation != null && relation.table() && !relation.rowSecurity())
                .toList();
    }

    static Stream<Hit> drift(Examination examination) {
        return examination
                .tables()
                .filter(ClassifiedTable::registered)
                .flatMap(table -> PolicySet.of(examination, table)
                        .map(set -> set.policies().stream())
                        .orElse(Stream.empty())
                        .flatMap(expected -> drift(examination, table, expected)));
    }

    private static Stream<Hit> drift(Examination examination, ClassifiedTable table, PolicySet.Expected expected) {
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
        return Stream.of(new Hit(
                "policy " + expected.name() + " on " + table.relation().quoted(),
                found.map(policy -> evidence(policy) + "; ").orElse("is missing; ") + wanted,
                expected.statements(table.relation(), roles)));
    }

    static Stream<Hit> tooManyPermissive(Examination examination) {
        return examination.tables().flatMap(table -> {
            List<Policy> reading = new ArrayList<>(examination.applicationPolicies(table.relation()).stream()
                    .filter(policy -> policy.permissive() && "*r".indexOf(policy.command()) >= 0)
                    .toList());
            if (reading.size() < 2 || floored(examination, table, 'r', false)) {
                return Stream.empty();
            }
            return Stream.of(new Hit(
                    TableRules.name(table),
                    "permissive policies for SELECT are joined by OR: "
                            + reading.stream().map(Policy::quoted).collect(Collectors.joining(", ")),
                    PolicySet.of(examination, table)
                            .map(set -> set.policies().stream()
                                    .filter(policy -> !policy.permissive())
                                    .flatMap(policy ->
                                            policy
                                                    .statements(table.relation(), examination.applicationNames())
                                                    .stream())
                                    .toList())
                            .orElse(List.of())));
        });
    }
}
