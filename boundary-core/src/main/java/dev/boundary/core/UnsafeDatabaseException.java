package dev.boundary.core;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The database or the connection cannot keep tenants apart: a role that bypasses row-level security, a table without
 * policies, a driver setting that splits the tenant from its statement. Thrown when Boundary starts; it does not run in
 * that state.
 *
 * @since 0.1
 */
public final class UnsafeDatabaseException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> findings;

    /**
     * Reports all findings at once.
     *
     * @param subject what was examined, for example {@code "role app on jdbc:postgresql://db/shop"}; no password
     * @param findings what is wrong, each with what to do about it; at least one
     * @throws IllegalArgumentException if there is no finding
     */
    public UnsafeDatabaseException(String subject, List<String> findings) {
        super(
                "Boundary does not start on " + subject + ":"
                        + findings.stream().map(finding -> "\n  - " + finding).collect(Collectors.joining()),
                null);
        if (findings.isEmpty()) {
            throw new IllegalArgumentException("no findings");
        }
        this.findings = List.copyOf(findings);
    }

    /**
     * What is wrong.
     *
     * @return one text each, unmodifiable
     */
    public List<String> findings() {
        return findings;
    }
}
