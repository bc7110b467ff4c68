package dev.boundary.core.registry;

import dev.boundary.core.BoundaryException;

/**
 * Another tenant has the key, slug or domain already, or someone else has changed the tenant meanwhile. Nothing was
 * changed.
 *
 * @since 0.1
 */
public final class TenantConflictException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    /** The tenant in the registry. */
    private final transient Tenant existing;

    /**
     * For one call.
     *
     * @param message what is in the way and what to do next
     * @param existing the tenant that is there
     */
    public TenantConflictException(String message, Tenant existing) {
        super(message, null);
        this.existing = existing;
    }

    /**
     * The tenant that is there.
     *
     * @return it as it is in the registry
     */
    public Tenant existing() {
        return existing;
    }
}
