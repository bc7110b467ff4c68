package dev.boundary.cli.work;

import dev.boundary.core.registry.Tenant;
import dev.boundary.registry.WorkSummary;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hears what becomes of the work. May be called by several threads at once. */
public interface RunReport {

    /**
     * A program has written a line.
     *
     * @param tenant for whom it runs
     * @param isErr whether to standard error
     * @param line the line
     */
    void line(Tenant tenant, boolean isErr, String line);

    /**
     * A statement has given a row.
     *
     * @param tenant for whom it runs
     * @param columns the names
     * @param values the values
     */
    void row(Tenant tenant, List<String> columns, List<? extends @Nullable Object> values);

    /**
     * A statement has ended that gives no rows.
     *
     * @param tenant for whom it ran
     * @param keyword its first word
     * @param rows how many rows it changed
     */
    void statement(Tenant tenant, String keyword, long rows);

    /**
     * The work for a tenant has ended.
     *
     * @param tenant for whom
     * @param error why it failed, or null
     * @param duration how long it took
     * @param done for how many tenants it has ended
     * @param total for how many it is to be done
     */
    void ended(Tenant tenant, @Nullable String error, Duration duration, int done, int total);

    /**
     * All has ended.
     *
     * @param summary what became of it
     */
    void summary(WorkSummary summary);

    /**
     * It was interrupted; what had begun has been ended.
     *
     * @param done for how many tenants it had ended before
     * @param total for how many it was to be done
     */
    void interrupted(int done, int total);
}
