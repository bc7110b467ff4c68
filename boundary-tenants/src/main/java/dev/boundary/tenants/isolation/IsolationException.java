package dev.boundary.tenants.isolation;

import dev.boundary.core.BoundaryException;

/**
 * A tenant's own schema or database is not what it should be. It was not changed.
 *
 * @since 0.1
 */
public final class IsolationException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    IsolationException(String message) {
        super(message, null);
    }
}
