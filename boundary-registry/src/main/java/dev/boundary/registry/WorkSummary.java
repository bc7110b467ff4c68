package dev.boundary.registry;

import dev.boundary.core.registry.Tenant;
import java.time.Duration;
import java.util.List;

/**
 * The result of work for many tenants. Each selected tenant is in exactly one of the lists. Immutable.
 *
 * @param succeeded the tenants for which the task ended without an exception; unmodifiable
 * @param failed the tenants for which it threw; unmodifiable
 * @param notStarted the tenants for which it was not begun, because it had failed for another; unmodifiable
 * @param duration how long all of it took
 * @since 0.1
 */
public record WorkSummary(List<Tenant> succeeded, List<Failure> failed, List<Tenant> notStarted, Duration duration) {

    /** Copies the lists. */
    public WorkSummary {
        succeeded = List.copyOf(succeeded);
        failed = List.copyOf(failed);
        notStarted = List.copyOf(notStarted);
    }

    /**
     * A task that failed.
     *
     * @param tenant the tenant
     * @param error what the task threw
     */
    public record Failure(Tenant tenant, Throwable error) {
        @Override
        public String toString() {
            return tenant.slug() + " (" + tenant.key() + "): " + error;
        }
    }

    /**
     * Whether the task succeeded for every selected tenant.
     *
     * @return true if none failed and none was not started
     */
    public boolean isComplete() {
        return failed.isEmpty() && notStarted.isEmpty();
    }

    /**
     * The exit code for a command that did this work.
     *
     * @return 0 if the work is complete, else 1
     */
    public int exitCode() {
        return isComplete() ? 0 : 1;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder()
                .append(succeeded.size())
                .append(" succeeded, ")
                .append(failed.size())
                .append(" failed, ")
                .append(notStarted.size())
                .append(" not started, in ")
                .append(duration);
        failed.forEach(failure -> text.append("\n  ").append(failure));
        return text.toString();
    }
}
