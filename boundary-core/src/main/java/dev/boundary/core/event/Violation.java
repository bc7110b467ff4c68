package dev.boundary.core.event;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.Scope;
import java.util.Optional;

/**
 * An attempt that was refused before anything was sent, or that the database rejected.
 *
 * @param scope the scope that was open, or empty if none was
 * @param error what the caller was given, or would have been
 * @param refused true if it was thrown to the caller; false if it was only reported, in observe mode
 * @param origin the statement and who sent it, or empty if it is not known
 */
public record Violation(
        Optional<Scope> scope, BoundaryException error, boolean refused, Optional<StatementOrigin> origin)
        implements BoundaryEvent {

    /**
     * An attempt whose statement is not known.
     *
     * @param scope the scope that was open, or empty if none was
     * @param error what the caller was given
     * @param refused true if it was thrown to the caller
     */
    public Violation(Optional<Scope> scope, BoundaryException error, boolean refused) {
        this(scope, error, refused, Optional.empty());
    }
}
