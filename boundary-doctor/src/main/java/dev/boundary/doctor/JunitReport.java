package dev.boundary.doctor;

import dev.boundary.doctor.Rule.Severity;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** JUnit XML as build servers read it: one suite, one test case for each rule. */
final class JunitReport implements ReportWriter {

    @Override
    public String write(Report report, Severity threshold) {
        List<Rule> rules = Doctor.rules();
        List<Finding> failing = report.atLeast(threshold);
        long failures = rules.stream()
                .filter(rule -> of(rule, failing).findAny().isPresent())
                .count();
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\""
                + escape("Boundary doctor on " + report.database()) + "\" tests=\"" + rules.size() + "\" failures=\""
                + failures + "\" errors=\"0\" skipped=\"0\">\n"
                + rules.stream().map(rule -> testCase(rule, report, failing)).collect(Collectors.joining())
                + "</testsuite>\n";
    }

    private static String testCase(Rule rule, Report report, List<Finding> failing) {
        String counted = texts(of(rule, failing));
        String others = texts(of(rule, report.findings()).filter(finding -> !failing.contains(finding)));
        return "  <testcase classname=\"dev.boundary.doctor\" name=\"" + escape(rule.id() + " " + rule.title())
                + "\">\n"
                + (counted.isEmpty() ? "" : failure(rule, counted))
                + (others.isEmpty() ? "" : "    <system-out>" + escape(others) + "</system-out>\n")
                + "  </testcase>\n";
    }

    private static String failure(Rule rule, String text) {
        return "    <failure type=\"" + rule.severity().word() + "\" message=\"" + escape(rule.title()) + "\">"
                + escape(text) + "</failure>\n";
    }

    private static Stream<Finding> of(Rule rule, List<Finding> findings) {
        return findings.stream().filter(finding -> finding.rule().equals(rule));
    }

    private static String texts(Stream<Finding> findings) {
        return findings.map(finding -> finding.object() + ": " + finding.evidence() + "\n"
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
