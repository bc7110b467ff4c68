package dev.boundary.core.event;

import dev.boundary.core.Scope;
import dev.boundary.core.TenantScope;
import java.util.Optional;

/**
 * The tenant of a request was found and admitted; its scope is about to be opened.
 *
 * @param tenant the scope
 */
public record TenantResolved(TenantScope tenant) implements BoundaryEvent {

    @Override
    public Optional<Scope> scope() {
        return Optional.of(tenant);
    }
}
