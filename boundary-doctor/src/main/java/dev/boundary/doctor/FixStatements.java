package dev.boundary.doctor;

import dev.boundary.doctor.catalog.SecurityCatalog.Policy;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Statements that fix. */
final class FixStatements {

    private FixStatements() {}

    static String enable(Relation table) {
        return "alter table " + table.quoted() + " enable row level security, force row level security";
    }

    static String revoke(Set<String> privileges, String object, Set<String> from) {
        return "revoke " + String.join(", ", privileges.stream().sorted().toList()) + " on " + object + " from "
                + String.join(", ", from);
    }

    static String drop(Relation table, Policy policy) {
        return "drop policy if exists " + policy.quoted() + " on " + table.quoted();
    }

    /** Gives a policy the condition it should have; nothing if that is not known. */
    static List<String> alter(Examination examination, ExaminedTable table, Policy policy) {
        ExpectedPredicate expected = new ExpectedPredicate(examination);
        Optional<String> readable = expected.readable(table);
        Optional<String> writable = expected.writable(table);
        if (readable.isEmpty() || writable.isEmpty()) {
            return List.of();
        }
        String using =
                " using (" + (policy.command() == '*' || policy.command() == 'r' ? readable : writable).get() + ")";
        String check = " with check (" + writable.get() + ")";
        return List.of(
                "alter policy " + policy.quoted() + " on " + table.relation().quoted()
                        + switch (policy.command()) {
                            case 'r', 'd' -> using;
                            case 'a' -> check;
                            default -> using + check;
                        });
    }

    /** The policies of a protected table, for the given roles; nothing if the condition is not known. */
    static List<String> create(Examination examination, ExaminedTable table, String roles) {
        return PolicySet.of(examination, table)
                .map(set -> set.statements(roles))
                .orElse(List.of());
    }

    static List<String> with(List<String> first, String... then) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(then));
        return List.copyOf(all);
    }
}
