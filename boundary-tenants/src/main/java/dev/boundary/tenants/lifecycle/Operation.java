package dev.boundary.tenants.lifecycle;

import static dev.boundary.core.registry.TenantState.ACTIVE;
import static dev.boundary.core.registry.TenantState.DELETED;
import static dev.boundary.core.registry.TenantState.DELETING;
import static dev.boundary.core.registry.TenantState.SUSPENDED;

import dev.boundary.core.event.TenantLifecycleEvent.Step;
import dev.boundary.core.registry.TenantState;
import java.util.EnumSet;
import java.util.Set;

/** What is done with a tenant that is there. */
enum Operation {
    SUSPEND("suspend", Step.SUSPENDED, "Nothing is to be done to shut it out."),
    RESUME("resume", Step.RESUMED, "Only a tenant that was suspended is resumed; one that was deleted is restored."),
    DELETE("delete", Step.DELETED, "It is deleted already, or is being deprovisioned."),
    RESTORE("restore", Step.RESTORED, "Only a tenant that was deleted, and whose rows are still there, is restored."),
    DEPROVISION("deprovision", Step.DEPROVISIONING, "Suspend or delete it first, so that nobody works in it any more.");

    private final String word;
    private final Step step;
    private final String remedy;

    Operation(String word, Step step, String remedy) {
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

    String remedy() {
        return remedy;
    }

    /**
     * The states from which it leads. Where to follows from the operation, but for a restored tenant, which becomes what it was
     * before. An active tenant is not deprovisioned: what its requests write while its rows are exported and erased would be
     * lost.
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
}
