package dev.boundary.tenants.lifecycle;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.event.TenantLifecycleEvent.Step;
import dev.boundary.core.registry.Tenant;

/** A hook threw, so the change was undone: nothing of it is in the registry, nor what hooks had written in its transaction. */
public final class TenantHookException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    /** What was to be done. */
    private final Step step;

    /**
     * For one hook.
     *
     * @param hook the hook
     * @param step what was to be done
     * @param tenant with which tenant
     * @param cause what the hook threw
     */
    TenantHookException(TenantHook hook, Step step, Tenant tenant, Throwable cause) {
        super(
                "The hook " + hook + " failed for tenant " + tenant.slug() + " (" + tenant.key() + "), which was to be "
                        + step + ": " + cause
                        + ". The change was undone; mend what the hook complains of, and try again.",
                cause);
        this.step = step;
    }

    /**
     * What was to be done.
     *
     * @return the step
     */
    public Step step() {
        return step;
    }
}
