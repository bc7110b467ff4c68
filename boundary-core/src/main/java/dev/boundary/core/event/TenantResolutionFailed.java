package dev.boundary.core.event;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.Scope;
import dev.boundary.core.TenantContext;
import java.util.Optional;

/**
 * A request did not lead to a tenant, or the tenant or the caller was not admitted.
 *
 * @param error what the caller was given
 */
public record TenantResolutionFailed(BoundaryException error) implements BoundaryEvent {

    @Override
    public Optional<Scope> scope() {
        return TenantContext.current();
    }
}
