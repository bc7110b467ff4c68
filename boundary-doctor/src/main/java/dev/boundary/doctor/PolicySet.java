package dev.boundary.doctor;

import dev.boundary.doctor.catalog.SecurityCatalog.Policy;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import dev.boundary.rls.internal.policy.PolicyName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The policies that Boundary's changes make for the application role on one table. */
record PolicySet(Relation relation, List<Expected> policies) {

    /** One of them; conditions to be run, and as PostgreSQL prints them. */
    record Expected(
            String name,
            boolean permissive,
            char command,
            Condition using,
            @Nullable Condition check) {

        boolean matches(Policy policy) {
            return policy.permissive() == permissive
                    && policy.command() == command
                    && same(policy.using(), using)
                    && same(policy.check(), check);
        }

        private static boolean same(@Nullable String found, @Nullable Condition expected) {
            return Objects.equals(
                    found == null ? null : ExpectedPredicate.normal(found),
                    expected == null ? null : ExpectedPredicate.normal(expected.printed()));
        }

        /** The conditions as PostgreSQL prints them. */
        String printed() {
            return "USING (" + using.printed() + ")" + (check == null ? "" : " WITH CHECK (" + check.printed() + ")");
        }

        List<String> statements(Relation table, String roles) {
            return List.of(
                    "drop policy if exists " + name + " on " + table.quoted(),
                    "create policy " + name + " on " + table.quoted() + " as "
                            + (permissive ? "permissive" : "restrictive") + " for " + commandName() + " to " + roles
                            + " using (" + using.sql() + ")"
                            + (check == null ? "" : " with check (" + check.sql() + ")"));
        }

        private String commandName() {
            return switch (command) {
                case 'w' -> "update";
                case 'd' -> "delete";
                default -> "all";
            };
        }
    }

    /** A condition to be run, and as PostgreSQL prints it. */
    record Condition(String sql, String printed) {}

    /** Empty if the condition is not known. */
    static Optional<PolicySet> of(Examination examination, ExaminedTable table) {
        ExpectedPredicate predicate = new ExpectedPredicate(examination);
        Optional<Condition> readable = condition(predicate.readable(table), predicate.printedReadable(table));
        Optional<Condition> writable = condition(predicate.writable(table), predicate.printedWritable(table));
        return readable.flatMap(read -> writable.map(write -> new PolicySet(table.relation(), policies(read, write))));
    }

    private static Optional<Condition> condition(Optional<String> sql, Optional<String> printed) {
        return sql.flatMap(text -> printed.map(print -> new Condition(text, print)));
    }

    private static List<Expected> policies(Condition read, Condition write) {
        List<Expected> policies = new ArrayList<>();
        policies.add(new Expected(PolicyName.TENANT.sqlName(), true, '*', read, write));
        policies.add(new Expected(PolicyName.FLOOR.sqlName(), false, '*', read, write));
        // Where shared rows can be read but not written, the floor has a step.
        if (!read.equals(write)) {
            policies.add(new Expected(PolicyName.FLOOR_UPDATE.sqlName(), false, 'w', write, write));
            policies.add(new Expected(PolicyName.FLOOR_DELETE.sqlName(), false, 'd', write, null));
        }
        return List.copyOf(policies);
    }

    List<String> statements(String roles) {
        return statements(roles, policy -> true);
    }

    /** Those of the restrictive policies. */
    List<String> floorStatements(String roles) {
        return statements(roles, policy -> !policy.permissive());
    }

    private List<String> statements(String roles, Predicate<Expected> which) {
        return policies.stream()
                .filter(which)
                .flatMap(policy -> policy.statements(relation, roles).stream())
                .toList();
    }
}
