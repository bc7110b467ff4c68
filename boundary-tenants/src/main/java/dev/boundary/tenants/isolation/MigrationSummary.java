package dev.boundary.tenants.isolation;

import dev.boundary.core.registry.Tenant;
import dev.boundary.registry.WorkSummary.Failure;
import java.time.Duration;
import java.util.List;

/**
 * What became of a migration. Each tenant that has a place of its own is in exactly one of the lists.
 *
 * @param migrated whose places have been migrated
 * @param upToDate whose places had been migrated before
 * @param failed for whom it threw; their places are as they were, as far as the migration left that to the transaction
 * @param notStarted for whom it was not begun, because it had failed for another
 * @param duration how long it took in all
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
     * What a command that did this should end with.
     *
     * @return 0 if all places are migrated, else 1
     */
    public int exitCode() {
        return isComplete() ? 0 : 1;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder()
                .append(migrated.size())
                .append(" migrated, ")
                .append(upToDate.size())
                .append(" up to date, ")
                .append(failed.size())
                .append(" failed, ")
                .append(notStarted.size())
                .append(" not started, in ")
                .append(duration);
        failed.forEach(failure -> text.append("\n  ").append(failure));
        return text.toString();
    }
}
