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
 * One SQL script that fixes the findings of a report, in an order that opens nothing on the way: first it revokes, then
 * it creates what narrows, then it drops what widens; indexes come last, outside the transaction. It is for people to
 * read and run; nothing here runs it.
 *
 * @since 0.1
 */
public final class FixScript {

    private final Report report;
    private final Map<Phase, Map<String, Set<String>>> phases = new EnumMap<>(Phase.class);
    private final StringBuilder decisions = new StringBuilder();

    private FixScript(Report report) {
        this.report = report;
    }

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
        FixScript script = new FixScript(report);
        changes.forEach(script::add);
        report.findings().stream().filter(covered.negate()).forEach(script::add);
        return script.write();
    }

    private void add(RlsChange change) {
        change.apply().forEach(statement -> add(Phase.PROTECT, statement, change.name() + " " + change.object()));
    }

    private void add(Finding finding) {
        if (finding.fix().isEmpty()) {
            decisions
                    .append(comment(finding.rule().id() + " " + finding.object() + ": " + finding.evidence()))
                    .append(comment("  " + finding.rule().remedy()));
        }
        String reason = finding.rule().id() + " " + finding.object();
        finding.fix().forEach(statement -> add(phase(finding, statement), statement, reason));
    }

    private void add(Phase phase, String statement, String reason) {
        phases.computeIfAbsent(phase, key -> new LinkedHashMap<>())
                .computeIfAbsent(statement, key -> new LinkedHashSet<>())
                .add(reason);
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

    private String write() {
        Map<String, Set<String>> indexes = phases.remove(Phase.INDEXES);
        return comment("Fixes " + report.findings().size() + " findings in database " + report.database()
                        + ". Read it before you run it.")
                + (phases.isEmpty() ? "" : transaction())
                + (indexes == null ? "" : text(Phase.INDEXES, indexes))
                + (decisions.isEmpty() ? "" : "\n" + comment("For people to decide:") + decisions);
    }

    private String transaction() {
        StringBuilder text =
                new StringBuilder("\\set ON_ERROR_STOP on\nbegin;\nset local search_path = pg_catalog, pg_temp;\n");
        phases.forEach((phase, statements) -> text.append(text(phase, statements)));
        return text.append("\ncommit;\n").toString();
    }

    /** The reasons stand before the first of the statements that have the same. */
    private static String text(Phase phase, Map<String, Set<String>> statements) {
        StringBuilder text = new StringBuilder("\n" + comment(phase.heading()));
        Set<String> written = Set.of();
        for (Map.Entry<String, Set<String>> statement : statements.entrySet()) {
            Set<String> reasons = new TreeSet<>(statement.getValue());
            if (!reasons.equals(written)) {
                reasons.forEach(reason -> text.append(comment(reason)));
            }
            written = reasons;
            text.append(statement.getKey()).append(";\n");
        }
        return text.toString();
    }

    /** A name may hold a line break, which must not end the comment. */
    private static String comment(String text) {
        return "-- " + String.join(" ", List.of(text.split("\\R", -1))) + "\n";
    }
}
