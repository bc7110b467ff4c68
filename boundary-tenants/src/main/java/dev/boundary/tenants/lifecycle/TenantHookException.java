package dev.boundary.tenants.lifecycle;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.event.TenantLifecycleEvent.Step;
import dev.boundary.core.registry.Tenant;
import org.jspecify.annotations.Nullable;

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
        this(
                hook,
                step,
                tenant,
                cause.toString(),
                "The change was undone; mend what the hook complains of, and try again.",
                cause);
    }

    private TenantHookException(
            TenantHook hook, Step step, Tenant tenant, String why, String outcome, @Nullable Throwable cause) {
        super(
                "The hook " + hook + " failed for tenant " + tenant.slug() + " (" + tenant.key() + "), which was to be "
                        + step + ": " + why + ". " + outcome,
                cause);
        this.step = step;
    }

    /** For a hook after which the transaction is not the same. */
    static TenantHookException endedTransaction(TenantHook hook, Step step, Tenant tenant) {
        return new TenantHookException(
                hook,
                step,
                tenant,
                "it ended the transaction by SQL of its own, or changed the session variable",
                "What was written before a COMMIT stays: look at the tenant in the registry, and take the COMMIT out of the"
                        + " hook.",
                null);
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
