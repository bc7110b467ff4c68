package dev.boundary.core.event;

import dev.boundary.core.Scope;
import java.util.Optional;

/**
 * A statement is about to run that was, by an explicit call with a reason, left to row-level security alone.
 *
 * @param scope the scope that is open
 * @param reason the reason given in the call
 * @param statement the SQL, with placeholders instead of values
 */
public record RlsOnlyAccess(Optional<Scope> scope, String reason, String statement) implements BoundaryEvent {}
