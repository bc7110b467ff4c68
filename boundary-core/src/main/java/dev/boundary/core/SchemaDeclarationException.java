package dev.boundary.core;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The declaration of which tables belong to tenants is incomplete or contradictory. All faults are listed at once.
 *
 * @since 0.1
 */
public final class SchemaDeclarationException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    /**
     * Reports all faults of a declaration at once.
     *
     * @param faults what is wrong, each with what to do about it; at least one
     * @throws IllegalArgumentException if there is no fault
     */
    public SchemaDeclarationException(List<String> faults) {
        super(
                "The tenant schema is not complete:"
                        + faults.stream().map(fault -> "\n  - " + fault).collect(Collectors.joining()),
                null);
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("no faults");
        }
        this.faults = List.copyOf(faults);
    }

    /**
     * What is wrong.
     *
     * @return one text each, unmodifiable
     */
    public List<String> faults() {
        return faults;
    }
}
