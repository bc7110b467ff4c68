package dev.boundary.doctor;

import dev.boundary.doctor.catalog.SecurityCatalog.Policy;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import dev.boundary.rls.internal.policy.PolicyName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The policies that Boundary's changes make for the application role on one table. */
record PolicySet(Relation relation, List<Expected> policies) {

    /** One of them; conditions to be run, and as PostgreSQL prints them. */
    record Expected(
            String name,
            boolean permissive,
            char command,
            String using,
            @Nullable String check,
            String printedUsing,
            @Nullable String printedCheck) {

        boolean matches(Policy policy) {
            return policy.permissive() == permissive
                    && policy.command() == command
                    && same(policy.using(), printedUsing)
                    && same(policy.check(), printedCheck);
        }

        private static boolean same(@Nullable String found, @Nullable String wanted) {
            return Objects.equals(
                    found == null ? null : ExpectedPredicate.normal(found),
                    wanted == null ? null : ExpectedPredicate.normal(wanted));
        }

        List<String> statements(Relation table, String roles) {
            String forCommand = switch (command) {
                case 'w' -> "update";
                case 'd' -> "delete";
                default -> "all";
            };
            return List.of(
                    "drop policy if exists " + name + " on " + table.quoted(),
                    "create policy " + name + " on " + table.quoted() + " as "
                            + (permissive ? "permissive" : "restrictive") + " for " + forCommand + " to " + roles
                            + " using (" + using + ")" + (check == null ? "" : " with check (" + check + ")"));
        }
    }

    static Optional<PolicySet> of(Examination examination, ExaminedTable table) {
        ExpectedPredicate predicate = new ExpectedPredicate(examination);
        Optional<String> readable = predicate.readable(table);
        Optional<String> writable = predicate.writable(table);
        Optional<String> printedReadable = predicate.printedReadable(table);
        Optional<String> printedWritable = predicate.printedWritable(table);
        if (readable.isEmpty() || writable.isEmpty() || printedReadable.isEmpty() || printedWritable.isEmpty()) {
            return Optional.empty();
        }
        String read = readable.get();
        String write = writable.get();
        String printedRead = printedReadable.get();
        String printedWrite = printedWritable.get();
        List<Expected> policies = new ArrayList<>();
        Stream.of(true, false)
                .map(permissive -> new Expected(
                        (permissive ? PolicyName.TENANT : PolicyName.FLOOR).sqlName(),
                        permissive,
                        '*',
                        read,
                        write,
                        printedRead,
                        printedWrite))
                .forEach(policies::add);
        // Where shared rows can be read but not written, the floor has a step.
        if (!read.equals(write)) {
            policies.add(new Expected(
                    PolicyName.FLOOR_UPDATE.sqlName(), false, 'w', write, write, printedWrite, printedWrite));
            policies.add(new Expected(PolicyName.FLOOR_DELETE.sqlName(), false, 'd', write, null, printedWrite, null));
        }
        return Optional.of(new PolicySet(table.relation(), List.copyOf(policies)));
    }

    List<String> statements(String roles) {
        return policies.stream()
                .flatMap(policy -> policy.statements(relation, roles).stream())
                .toList();
    }
}
