package dev.boundary.core.routing;

import dev.boundary.core.BoundaryException;
import org.jspecify.annotations.Nullable;

/**
 * It is not certain where the rows of a tenant are: nothing says it, two things disagree, or the place is another
 * tenant's. Nothing was sent to any database.
 */
public final class UnknownPlacementException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    UnknownPlacementException(String message) {
        this(message, null);
    }

    UnknownPlacementException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
