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
    /** JUnit XML: each rule is a test case, which fails if something that counts was found. */
    JUNIT;

    /**
     * Writes a report. What is written never holds a password or a row.
     *
     * @param report the report
     * @param threshold the least severity that counts as a failure (in JUNIT, and in the summary)
     * @return the whole text, ending with a line feed
     */
    public String write(Report report, Severity threshold) {
        return switch (this) {
            case TEXT -> DoctorTextReport.of(report, threshold);
            case JSON -> DoctorJsonReport.of(report, threshold);
            case SARIF -> SarifReport.of(report, threshold);
            case JUNIT -> JunitReport.of(report, threshold);
        };
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
                .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is no format. Use one of "
                        + Arrays.stream(values())
                                .map(format -> format.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + "."));
    }
}
