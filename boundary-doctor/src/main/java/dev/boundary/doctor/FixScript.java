package dev.boundary.doctor;

import dev.boundary.doctor.RuleCheck.Phase;
import dev.boundary.rls.RlsChange;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * One SQL script that fixes what a report has found, in an order that opens nothing on the way: first it takes away,
 * then it creates what narrows, then it drops what widens; indexes come last, outside the transaction. It is for people
 * to read and run; nothing here runs it.
 *
 * @since 0.1
 */
public final class FixScript {

    private FixScript() {}

    /**
     * Writes the script.
     *
     * @param report what was found
     * @return SQL for psql, with a comment for each finding, also for those that people must decide
     */
    public static String of(Report report) {
        return of(report, List.of(), finding -> false);
    }

    /** The changes protect whole tables, and fix the findings that they cover. */
    static String of(Report report, List<RlsChange> changes, Predicate<Finding> covered) {
        Map<Phase, Map<String, Set<String>>> phases = new EnumMap<>(Phase.class);
        StringBuilder decisions = new StringBuilder();
        for (RlsChange change : changes) {
            for (String statement : change.apply()) {
                phases.computeIfAbsent(Phase.PROTECT, key -> new LinkedHashMap<>())
                        .computeIfAbsent(statement, key -> new LinkedHashSet<>())
                        .add(change.name() + " " + change.object());
            }
        }
        for (Finding finding : report.findings()) {
            if (covered.test(finding)) {
                continue;
            }
            if (finding.fix().isEmpty()) {
                decisions
                        .append(comment(finding.rule().id() + " " + finding.object() + ": " + finding.evidence()))
                        .append(comment("  " + finding.rule().remedy()));
            }
            for (String statement : finding.fix()) {
                phases.computeIfAbsent(phase(finding, statement), key -> new LinkedHashMap<>())
                        .computeIfAbsent(statement, key -> new LinkedHashSet<>())
                        .add(finding.rule().id() + " " + finding.object());
            }
        }
        return script(report, phases, decisions.toString());
    }

    /** A fix of several steps is spread over the phases that its steps belong to. */
    private static Phase phase(Finding finding, String statement) {
        if (statement.startsWith("create policy") || statement.startsWith("drop policy if exists boundary_")) {
            return Phase.POLICIES;
        }
        if (statement.startsWith("create index")) {
            return Phase.INDEXES;
        }
        return statement.startsWith("alter policy") ? Phase.POLICIES : RuleChecks.phase(finding);
    }

    private static String script(Report report, Map<Phase, Map<String, Set<String>>> phases, String decisions) {
        StringBuilder script =
                new StringBuilder(comment("Fixes " + report.findings().size() + " findings in database "
                        + report.database() + ". Read it before you run it."));
        boolean any = phases.keySet().stream().anyMatch(phase -> phase != Phase.INDEXES);
        if (any) {
            script.append("\\set ON_ERROR_STOP on\nbegin;\nset local search_path = pg_catalog, pg_temp;\n");
        }
        phases.forEach((phase, statements) -> {
            if (phase != Phase.INDEXES) {
                append(script, phase, statements);
            }
        });
        if (any) {
            script.append("\ncommit;\n");
        }
        Map<String, Set<String>> indexes = phases.getOrDefault(Phase.INDEXES, Map.of());
        if (!indexes.isEmpty()) {
            append(script, Phase.INDEXES, indexes);
        }
        if (!decisions.isEmpty()) {
            script.append('\n').append(comment("For people to decide:")).append(decisions);
        }
        return script.toString();
    }

    private static void append(StringBuilder script, Phase phase, Map<String, Set<String>> statements) {
        script.append('\n').append(comment(phase.heading()));
        Set<String> told = Set.of();
        for (Map.Entry<String, Set<String>> statement : statements.entrySet()) {
            Set<String> findings = new TreeSet<>(statement.getValue());
            if (!findings.equals(told)) {
                findings.forEach(finding -> script.append(comment(finding)));
            }
            told = findings;
            script.append(statement.getKey()).append(";\n");
        }
    }

    /** A name may hold a line break, which must not end the comment. */
    private static String comment(String text) {
        return "-- " + String.join(" ", List.of(text.split("\\R", -1))) + "\n";
    }
}
