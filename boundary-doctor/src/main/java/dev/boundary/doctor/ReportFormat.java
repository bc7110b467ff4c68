package dev.boundary.doctor;

import dev.boundary.doctor.Rule.Severity;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a report is written.
 *
 * @since 0.1
 */
public enum ReportFormat {
    /** For people. */
    TEXT,
    /** One JSON object (RFC 8259). */
    JSON,
    /** SARIF 2.1.0, for code scanning (OASIS Static Analysis Results Interchange Format). */
    SARIF,
    /** JUnit XML: each rule is a test case, which fails if it has a finding that counts. */
    JUNIT;

    /**
     * Writes a report. The text never holds a password or a row.
     *
     * @param report the report
     * @param threshold the least severity that counts as a failure (in JUNIT, and in the summary)
     * @return the whole text, ending with a line feed
     */
    public String write(Report report, Severity threshold) {
        ReportWriter writer = switch (this) {
            case TEXT -> new DoctorTextReport();
            case JSON -> new DoctorJsonReport();
            case SARIF -> new SarifReport();
            case JUNIT -> new JunitReport();
        };
        return writer.write(report, threshold);
    }

    /**
     * Finds a format by its name.
     *
     * @param name the name, in any case
     * @return the format
     * @throws IllegalArgumentException if there is none; the message lists them
     */
    public static ReportFormat of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no format \"" + name + "\". Use one of "
                        + Arrays.stream(values())
                                .map(format -> format.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + "."));
    }
}
