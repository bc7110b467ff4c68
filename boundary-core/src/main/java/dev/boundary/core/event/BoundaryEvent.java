package dev.boundary.core.event;

import dev.boundary.core.Scope;
import java.util.Optional;

/**
 * Something about tenants that a service may want to log, count or alarm on. Events never hold bind values or secrets.
 */
public sealed interface BoundaryEvent
        permits Violation,
                UnscopedAccess,
                RlsOnlyAccess,
                TenantResolved,
                TenantResolutionFailed,
                TenantLifecycleEvent,
                RegistryListening {

    /**
     * The scope that was open when it happened.
     *
     * @return the scope, or empty if none was open
     */
    Optional<Scope> scope();
}
