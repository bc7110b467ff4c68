package dev.boundary.tenants.isolation;

import dev.boundary.core.registry.Tenant;
import dev.boundary.registry.WorkSummary.Failure;
import java.time.Duration;
import java.util.List;

/**
 * The outcome of a migration. Each tenant that has a place of its own is in exactly one of the lists. Immutable.
 *
 * @param migrated the tenants whose places were migrated
 * @param upToDate the tenants whose places had been migrated before
 * @param failed the tenants for which the migration threw; their places are as they were, as far as the migration left that
 *     to the transaction
 * @param notStarted the tenants for which it was not started, because it had failed for another
 * @param duration how long the whole run took
 * @since 0.1
 */
public record MigrationSummary(
        List<Tenant> migrated,
        List<Tenant> upToDate,
        List<Failure> failed,
        List<Tenant> notStarted,
        Duration duration) {

    /** Copies the lists. */
    public MigrationSummary {
        migrated = List.copyOf(migrated);
        upToDate = List.copyOf(upToDate);
        failed = List.copyOf(failed);
        notStarted = List.copyOf(notStarted);
    }

    /**
     * Whether all places are migrated now.
     *
     * @return true if none failed and none was left out
     */
    public boolean isComplete() {
        return failed.isEmpty() && notStarted.isEmpty();
    }

    /**
     * The exit code for a command that ran the migration.
     *
     * @return 0 if all places are migrated, else 1
     */
    public int exitCode() {
        return isComplete() ? 0 : 1;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("%d migrated, %d up to date, %d failed, %d not started, in %s"
                .formatted(migrated.size(), upToDate.size(), failed.size(), notStarted.size(), duration));
        failed.forEach(failure -> text.append("\n  ").append(failure));
        return text.toString();
    }
}
