package dev.boundary.doctor;

import dev.boundary.doctor.catalog.SecurityCatalog.Policy;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Statements that fix findings. */
record FixStatements(Examination examination) {

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
    List<String> alter(ExaminedTable table, Policy policy) {
        ExpectedPredicate expected = new ExpectedPredicate(examination);
        Optional<String> readable = expected.readable(table);
        Optional<String> writable = expected.writable(table);
        if (readable.isEmpty() || writable.isEmpty()) {
            return List.of();
        }
        return List.of("alter policy " + policy.quoted() + " on "
                + table.relation().quoted() + conditions(policy, readable.get(), writable.get()));
    }

    private static String conditions(Policy policy, String readable, String writable) {
        String check = " with check (" + writable + ")";
        return switch (policy.command()) {
            case 'r' -> " using (" + readable + ")";
            case 'd' -> " using (" + writable + ")";
            case 'a' -> check;
            case '*' -> " using (" + readable + ")" + check;
            default -> " using (" + writable + ")" + check;
        };
    }

    /** The policies of a protected table, for the application roles; nothing if the condition is not known. */
    List<String> create(ExaminedTable table) {
        return PolicySet.of(examination, table)
                .map(set -> set.statements(examination.applicationNames()))
                .orElse(List.of());
    }

    /** The same, and row-level security itself. */
    List<String> createAndEnable(ExaminedTable table) {
        List<String> statements = new ArrayList<>(create(table));
        statements.add(enable(table.relation()));
        return statements;
    }
}
