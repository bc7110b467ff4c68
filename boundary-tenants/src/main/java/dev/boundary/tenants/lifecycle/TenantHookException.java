package dev.boundary.tenants.lifecycle;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.event.BoundaryEvent.TenantLifecycleEvent.Step;
import dev.boundary.core.registry.Tenant;
import org.jspecify.annotations.Nullable;

/**
 * A hook threw, so the change was rolled back: nothing of it is in the registry, nor what hooks had written in its
 * transaction.
 *
 * @since 0.1
 */
public final class TenantHookException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    /** Where in the change the hook failed. */
    private final Step step;

    TenantHookException(TenantHook hook, Step step, Tenant tenant, Throwable cause) {
        super(
                failed(hook, step, tenant) + cause + ". The change was rolled back; fix what the hook reports, and try"
                        + " again.",
                cause);
        this.step = step;
    }

    private TenantHookException(Step step, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.step = step;
    }

    /** For a hook after which the transaction is not the same. */
    static TenantHookException endedTransaction(TenantHook hook, Step step, Tenant tenant) {
        return new TenantHookException(
                step,
                failed(hook, step, tenant)
                        + "it ended the transaction by SQL of its own, or changed the session variable. What was"
                        + " written before a COMMIT stays: check the tenant in the registry, and remove the COMMIT"
                        + " from the hook.",
                null);
    }

    private static String failed(TenantHook hook, Step step, Tenant tenant) {
        return "The hook " + hook + " failed for tenant " + tenant.slug() + " (" + tenant.key() + "), which was to be "
                + step + ": ";
    }

    /**
     * The change that was rolled back.
     *
     * @return the step
     */
    public Step step() {
        return step;
    }
}
