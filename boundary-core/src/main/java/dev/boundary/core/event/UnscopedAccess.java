package dev.boundary.core.event;

import dev.boundary.core.Scope;
import dev.boundary.core.UnscopedScope;
import java.util.Optional;

/**
 * A statement is about to run in an unscoped scope, as the admin role.
 *
 * @param unscoped the scope, with its reason
 * @param statement the SQL, with placeholders instead of values
 */
public record UnscopedAccess(UnscopedScope unscoped, String statement) implements BoundaryEvent {

    @Override
    public Optional<Scope> scope() {
        return Optional.of(unscoped);
    }
}
