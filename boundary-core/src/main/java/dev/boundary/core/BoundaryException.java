package dev.boundary.core;

import org.jspecify.annotations.Nullable;

/**
 * The root of the exceptions that Boundary throws. The message says what happened, with the actual values, and what to
 * do next. Nothing was sent to the database unless the subtype says otherwise.
 *
 * @since 0.1
 */
public abstract class BoundaryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * For subtypes.
     *
     * @param message what happened and what to do next
     * @param cause what led to it, or null
     */
    protected BoundaryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
