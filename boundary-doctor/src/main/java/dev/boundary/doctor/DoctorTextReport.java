package dev.boundary.doctor;

import dev.boundary.doctor.Rule.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** For people: the worst finding first, each with the statements that fix it. */
final class DoctorTextReport implements ReportWriter {

    private static final String NEXT_STATEMENT = "\n         ";

    @Override
    public String write(Report report, Severity threshold) {
        return "PostgreSQL " + report.serverVersion() + ", database " + report.database() + ", role "
                + String.join(", ", report.applicationRoles()) + ", " + report.tables() + " tables of tenants\n"
                + join(report.findings().stream().map(DoctorTextReport::text).toList())
                + join(report.accepted().stream().map(DoctorTextReport::text).toList())
                + "\n" + summary(report, threshold) + "\n";
    }

    private static String join(List<String> texts) {
        return String.join("", texts);
    }

    private static String text(Finding finding) {
        Rule rule = finding.rule();
        String statements = finding.fix().stream()
                .map(statement -> NEXT_STATEMENT + statement.strip().replace("\n", NEXT_STATEMENT) + ";")
                .collect(Collectors.joining());
        return "\n" + rule.severity().word() + "  " + rule.id() + "  " + rule.title()
                + "\n  " + finding.object()
                + "\n  found: " + finding.evidence()
                + "\n  why:   " + rule.why()
                + "\n  fix:   " + rule.remedy() + statements
                + "\n  more:  boundary explain " + rule.id() + "\n";
    }

    private static String text(Report.Accepted accepted) {
        return "\naccepted  " + accepted.finding().key() + " (" + accepted.reason() + ")\n";
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
