package dev.boundary.registry;

import dev.boundary.core.registry.Tenant;
import java.time.Duration;
import java.util.List;

/**
 * What became of work for many tenants. Each tenant is in exactly one of the lists.
 *
 * @param succeeded for these it is done
 * @param failed for these it threw
 * @param notStarted for these it was not begun, because it had failed for another
 * @param duration how long it took in all
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
     * Work that threw.
     *
     * @param tenant for whom
     * @param error what was thrown
     */
    public record Failure(Tenant tenant, Throwable error) {
        @Override
        public String toString() {
            return tenant.slug() + " (" + tenant.key() + "): " + error;
        }
    }

    /**
     * Whether it is done for all.
     *
     * @return true if none failed and none was left out
     */
    public boolean isComplete() {
        return failed.isEmpty() && notStarted.isEmpty();
    }

    /**
     * What a command that did this work should end with.
     *
     * @return 0 if it is done for all, else 1
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
