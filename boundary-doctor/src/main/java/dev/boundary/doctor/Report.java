package dev.boundary.doctor;

import dev.boundary.doctor.Rule.Severity;
import java.util.List;

/**
 * What the doctor found.
 *
 * @param serverVersion the server's version, for example {@code "18.6"}
 * @param database the name of the database
 * @param applicationRoles the roles that were examined
 * @param tables how many tables hold rows of tenants
 * @param findings what was found, the worst first
 * @param accepted what was found and is accepted by a baseline
 * @since 0.1
 */
public record Report(
        String serverVersion,
        String database,
        List<String> applicationRoles,
        int tables,
        List<Finding> findings,
        List<Accepted> accepted) {

    /**
     * A finding that someone has accepted.
     *
     * @param finding the finding
     * @param reason why it is accepted
     */
    public record Accepted(Finding finding, String reason) {}

    /** Copies the lists. */
    public Report {
        applicationRoles = List.copyOf(applicationRoles);
        findings = List.copyOf(findings);
        accepted = List.copyOf(accepted);
    }

    /**
     * The findings that count.
     *
     * @param threshold the least severity that counts
     * @return the findings of that severity and worse, unmodifiable
     */
    public List<Finding> atLeast(Severity threshold) {
        return findings.stream()
                .filter(finding -> finding.rule().severity().atLeast(threshold))
                .toList();
    }
}
