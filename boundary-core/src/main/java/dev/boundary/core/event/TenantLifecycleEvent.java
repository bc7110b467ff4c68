package dev.boundary.core.event;

import dev.boundary.core.Scope;
import dev.boundary.core.TenantContext;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import java.util.Objects;
import java.util.Optional;

/**
 * A step in the life of a tenant that is done and committed.
 *
 * @param step what was done
 * @param tenant the tenant as it is now
 * @param change who did it and why
 */
public record TenantLifecycleEvent(Step step, Tenant tenant, Change change) implements BoundaryEvent {

    /** What can be done with a tenant. */
    public enum Step {

        /** It was created. */
        PROVISIONED,

        /** It was shut out for a while. */
        SUSPENDED,

        /** It may work again after it was suspended. */
        RESUMED,

        /** It was deleted; its rows are still there. */
        DELETED,

        /** It is there again after it was deleted. */
        RESTORED,

        /** It is being deprovisioned. */
        DEPROVISIONING,

        /** Its rows are exported, and the export is verified. */
        EXPORTED,

        /** Its rows are gone. */
        DEPROVISIONED
    }

    /** Checks that all are there. */
    public TenantLifecycleEvent {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(change, "change");
    }

    @Override
    public Optional<Scope> scope() {
        return TenantContext.current();
    }
}
