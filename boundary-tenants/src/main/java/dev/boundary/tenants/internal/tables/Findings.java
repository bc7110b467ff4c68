package dev.boundary.tenants.internal.tables;

import dev.boundary.tenants.TenantDataException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What stands against an operation, collected so that a person learns of all of it at once. Not thread-safe. */
public final class Findings {

    private final List<String> findings = new ArrayList<>();

    /** No findings yet. */
    public Findings() {}

    /**
     * Adds one.
     *
     * @param finding what is wrong, and what to do about it
     */
    public void add(String finding) {
        findings.add(finding);
    }

    /**
     * Adds several.
     *
     * @param more the findings; may be empty
     */
    public void addAll(Collection<String> more) {
        findings.addAll(more);
    }

    /**
     * Refuses the operation if there are findings.
     *
     * @param what what is not possible then, as a sentence without a full stop
     * @throws TenantDataException if there is one; it lists all
     */
    public void requireNone(String what) {
        if (!findings.isEmpty()) {
            throw new TenantDataException(what, findings);
        }
    }
}
