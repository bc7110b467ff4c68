package dev.boundary.doctor;

import dev.boundary.doctor.Rule.Severity;
import java.util.Arrays;
import java.util.stream.Collectors;

/** For people: the worst first, each with what to run. */
final class DoctorTextReport {

    private DoctorTextReport() {}

    static String of(Report report, Severity threshold) {
        StringBuilder text = new StringBuilder("PostgreSQL " + report.serverVersion() + ", database "
                + report.database() + ", role " + String.join(", ", report.applicationRoles()) + ", "
                + report.tables() + " tables of tenants\n");
        report.findings().forEach(finding -> append(text, finding));
        report.accepted()
                .forEach(accepted -> text.append("\naccepted  ")
                        .append(accepted.finding().key())
                        .append(" (")
                        .append(accepted.reason())
                        .append(")\n"));
        return text.append('\n').append(summary(report, threshold)).append('\n').toString();
    }

    private static void append(StringBuilder text, Finding finding) {
        Rule rule = finding.rule();
        text.append('\n')
                .append(rule.severity().word())
                .append("  ")
                .append(rule.id())
                .append("  ")
                .append(rule.title())
                .append("\n  ")
                .append(finding.object())
                .append("\n  found: ")
                .append(finding.evidence())
                .append("\n  why:   ")
                .append(rule.why())
                .append("\n  fix:   ")
                .append(rule.remedy())
                .append('\n');
        finding.fix()
                .forEach(statement -> text.append("         ")
                        .append(statement.strip().replace("\n", "\n         "))
                        .append(";\n"));
        text.append("  more:  boundary explain ").append(rule.id()).append('\n');
    }

    private static String summary(Report report, Severity threshold) {
        if (report.findings().isEmpty()) {
            return "No findings" + accepted(report) + ".";
        }
        String counts = Arrays.stream(Severity.values())
                .map(severity -> count(report, severity) + " " + severity.word())
                .filter(part -> !part.startsWith("0 "))
                .collect(Collectors.joining(", "));
        return report.findings().size() + " findings (" + counts + ")" + accepted(report) + ", "
                + report.atLeast(threshold).size() + " of severity " + threshold.word() + " or worse.";
    }

    private static String accepted(Report report) {
        return report.accepted().isEmpty() ? "" : ", " + report.accepted().size() + " accepted";
    }

    private static long count(Report report, Severity severity) {
        return report.findings().stream()
                .filter(finding -> finding.rule().severity() == severity)
                .count();
    }
}
