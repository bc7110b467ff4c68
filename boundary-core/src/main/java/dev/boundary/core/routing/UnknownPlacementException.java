package dev.boundary.core.routing;

import dev.boundary.core.BoundaryException;
import org.jspecify.annotations.Nullable;

/**
 * The place of a tenant's rows is not certain: nothing determines it, two sources disagree, or the place is another
 * tenant's. Nothing was sent to any database.
 *
 * @since 0.1
 */
public final class UnknownPlacementException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    /**
     * Reports an uncertain place.
     *
     * @param message whose rows, what is known of their place, and what to do
     */
    public UnknownPlacementException(String message) {
        this(message, null);
    }

    /**
     * Reports an uncertain place and its cause.
     *
     * @param message whose rows, what is known of their place, and what to do
     * @param cause why the place is not known; null if nothing else failed
     */
    public UnknownPlacementException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
