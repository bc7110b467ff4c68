package dev.boundary.doctor;

import dev.boundary.doctor.Rule.Severity;
import java.util.List;
import java.util.stream.Collectors;

/** JUnit XML as build servers read it: one suite, one test case for each rule. */
final class JunitReport {

    private JunitReport() {}

    static String of(Report report, Severity threshold) {
        List<Finding> failing = report.atLeast(threshold);
        long failures = Doctor.rules().stream()
                .filter(rule ->
                        failing.stream().anyMatch(finding -> finding.rule().equals(rule)))
                .count();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\""
                + escape("Boundary doctor on " + report.database()) + "\" tests=\""
                + Doctor.rules().size() + "\" failures=\"" + failures + "\" errors=\"0\" skipped=\"0\">\n");
        Doctor.rules().forEach(rule -> append(xml, report, failing, rule));
        return xml.append("</testsuite>\n").toString();
    }

    private static void append(StringBuilder xml, Report report, List<Finding> failing, Rule rule) {
        String counted = texts(failing, rule);
        String others = texts(
                report.findings().stream()
                        .filter(finding -> !failing.contains(finding))
                        .toList(),
                rule);
        xml.append("  <testcase classname=\"dev.boundary.doctor\" name=\"")
                .append(escape(rule.id() + " " + rule.title()))
                .append("\">\n");
        if (!counted.isEmpty()) {
            xml.append("    <failure type=\"")
                    .append(rule.severity().word())
                    .append("\" message=\"")
                    .append(escape(rule.title()))
                    .append("\">")
                    .append(escape(counted))
                    .append("</failure>\n");
        }
        if (!others.isEmpty()) {
            xml.append("    <system-out>").append(escape(others)).append("</system-out>\n");
        }
        xml.append("  </testcase>\n");
    }

    private static String texts(List<Finding> findings, Rule rule) {
        return findings.stream()
                .filter(finding -> finding.rule().equals(rule))
                .map(finding -> finding.object() + ": " + finding.evidence() + "\n"
                        + finding.fix().stream()
                                .map(statement -> statement + ";\n")
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    /** XML 1.0 has no way to write most control characters. */
    private static String escape(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "?")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
