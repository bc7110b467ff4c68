package dev.boundary.core.routing;

import dev.boundary.core.BoundaryException;
import org.jspecify.annotations.Nullable;

/**
 * It is not certain where the rows of a tenant are: nothing says it, two things disagree, or the place is another
 * tenant's. Nothing was sent to any database.
 *
 * @since 0.1
 */
public final class UnknownPlacementException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    /**
     * Without a cause.
     *
     * @param message whose rows, what is known of their place, and what to do
     */
    public UnknownPlacementException(String message) {
        this(message, null);
    }

    /**
     * With a cause.
     *
     * @param message whose rows, what is known of their place, and what to do
     * @param cause why the place is not known; null if nothing else failed
     */
    public UnknownPlacementException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
