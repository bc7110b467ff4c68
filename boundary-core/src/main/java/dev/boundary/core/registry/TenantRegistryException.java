package dev.boundary.core.registry;

import dev.boundary.core.BoundaryException;
import org.jspecify.annotations.Nullable;

/**
 * The registry could not be read or changed, or a row in it is invalid: whether there is such a tenant is not known.
 * If it was to be changed, nothing was changed.
 *
 * @since 0.1
 */
public final class TenantRegistryException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    /**
     * For one call.
     *
     * @param message what happened and what to do next
     * @param cause what led to it, or null
     */
    public TenantRegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
