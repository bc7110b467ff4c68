package dev.boundary.cli.work;

import dev.boundary.core.registry.Tenant;
import dev.boundary.registry.WorkSummary;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receives the events of a run for many tenants. May be called by several threads at once. */
public interface RunReport {

    /**
     * Receives a line that a program has written.
     *
     * @param tenant for whom it runs
     * @param isErr whether to standard error
     * @param line the line
     */
    void line(Tenant tenant, boolean isErr, String line);

    /**
     * Receives a row of a statement.
     *
     * @param tenant for whom it runs
     * @param columns the names
     * @param values the values
     */
    void row(Tenant tenant, List<String> columns, List<? extends @Nullable Object> values);

    /**
     * Receives the end of a statement without a result.
     *
     * @param tenant for whom it ran
     * @param keyword its first word
     * @param rows how many rows it changed
     */
    void statement(Tenant tenant, String keyword, long rows);

    /**
     * Receives the end of the work for a tenant.
     *
     * @param tenant for whom
     * @param error why it failed, or null
     * @param duration how long it took
     * @param done for how many tenants the work has ended
     * @param total how many tenants there are
     */
    void ended(Tenant tenant, @Nullable String error, Duration duration, int done, int total);

    /**
     * Receives the end of the run.
     *
     * @param summary for which tenants it succeeded, failed or did not start
     */
    void summary(WorkSummary summary);

    /**
     * Receives the interruption of the run; what had started was ended.
     *
     * @param done for how many tenants the work had ended before
     * @param total how many tenants there are
     */
    void interrupted(int done, int total);
}
