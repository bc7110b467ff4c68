package dev.boundary.tenants;

import dev.boundary.core.BoundaryException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's rows cannot be exported, imported or deleted as requested. An import or export that ends with it has
 * changed nothing in the database; an erasure may have deleted some of the tenant's rows already and can be run again.
 *
 * @since 0.1
 */
public final class TenantDataException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> findings;

    /**
     * An exception with one finding.
     *
     * @param message what happened and what to do next
     */
    public TenantDataException(String message) {
        this(message, (Throwable) null);
    }

    /**
     * An exception with one finding and its cause.
     *
     * @param message what happened and what to do next
     * @param cause what led to it, or null
     */
    public TenantDataException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.findings = List.of(message);
    }

    /**
     * An exception with everything that was found at once.
     *
     * @param what what is not possible, as a sentence without a full stop
     * @param findings why not, each with what to do about it; at least one
     * @throws IllegalArgumentException if there is no finding
     */
    public TenantDataException(String what, List<String> findings) {
        super(what + ":" + findings.stream().map(finding -> "\n  - " + finding).collect(Collectors.joining()), null);
        if (findings.isEmpty()) {
            throw new IllegalArgumentException("no findings");
        }
        this.findings = List.copyOf(findings);
    }

    /**
     * Why the operation is not possible.
     *
     * @return one text for each finding, unmodifiable
     */
    public List<String> findings() {
        return findings;
    }
}
