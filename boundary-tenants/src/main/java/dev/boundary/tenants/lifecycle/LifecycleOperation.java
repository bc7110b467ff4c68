package dev.boundary.tenants.lifecycle;

import static dev.boundary.core.registry.TenantState.ACTIVE;
import static dev.boundary.core.registry.TenantState.DELETED;
import static dev.boundary.core.registry.TenantState.DELETING;
import static dev.boundary.core.registry.TenantState.SUSPENDED;

import dev.boundary.core.event.BoundaryEvent.TenantLifecycleEvent.Step;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.registry.TenantStateException;
import java.util.EnumSet;
import java.util.Set;

/** What can be done with an existing tenant. */
enum LifecycleOperation {
    SUSPEND("suspend", Step.SUSPENDED, "There is nothing to do: it is not active."),
    RESUME("resume", Step.RESUMED, "Only a suspended tenant can be resumed; a deleted one can be restored."),
    DELETE("delete", Step.DELETED, "It is deleted already, or is being deprovisioned."),
    RESTORE("restore", Step.RESTORED, "Only a deleted tenant that still has its rows can be restored."),
    DEPROVISION("deprovision", Step.DEPROVISIONING, "Suspend or delete it first, so that no one works in it any more.");

    private final String word;
    private final Step step;
    private final String remedy;

    LifecycleOperation(String word, Step step, String remedy) {
        this.word = word;
        this.step = step;
        this.remedy = remedy;
    }

    String word() {
        return word;
    }

    Step step() {
        return step;
    }

    /**
     * The states from which the operation leads. The target state follows from the operation, except for a restored
     * tenant, which returns to its state before. An active tenant cannot be deprovisioned: what its requests write
     * while its rows are exported and erased would be lost.
     */
    Set<TenantState> from() {
        return switch (this) {
            case SUSPEND -> EnumSet.of(ACTIVE);
            case RESUME -> EnumSet.of(SUSPENDED);
            case DELETE -> EnumSet.of(ACTIVE, SUSPENDED);
            case RESTORE -> EnumSet.of(DELETED, DELETING);
            case DEPROVISION -> EnumSet.of(SUSPENDED, DELETED, DELETING);
        };
    }

    void requireStateOf(Tenant tenant) {
        if (!from().contains(tenant.state())) {
            throw refused(tenant);
        }
    }

    TenantStateException refused(Tenant tenant) {
        return refused(tenant, remedy);
    }

    TenantStateException refused(Tenant tenant, String why) {
        return new TenantStateException(word, tenant, from(), why);
    }
}
