package dev.boundary.doctor;

import dev.boundary.doctor.Rule.Severity;

/** Writes reports in one format. */
@FunctionalInterface
interface ReportWriter {

    /**
     * Writes a report.
     *
     * @param report the report
     * @param threshold the least severity that counts as a failure
     * @return the whole text, ending with a line feed
     */
    String write(Report report, Severity threshold);
}
