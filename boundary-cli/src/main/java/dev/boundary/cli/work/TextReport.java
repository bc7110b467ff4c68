package dev.boundary.cli.work;

import dev.boundary.cli.text.ProgressBar;
import dev.boundary.cli.text.SafeText;
import dev.boundary.core.registry.Tenant;
import dev.boundary.registry.WorkSummary;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * For people: the output of the work on standard output, each line after its tenant's slug, and the progress on
 * standard error.
 */
public final class TextReport implements RunReport {

    private static final int FAILURES_SHOWN = 50;

    private final PrintWriter out;
    private final PrintWriter err;
    private final ProgressBar bar;

    /**
     * Starts a report.
     *
     * @param out standard output
     * @param err standard error
     * @param bar the bar on standard error, perhaps invisible
     */
    public TextReport(PrintWriter out, PrintWriter err, ProgressBar bar) {
        this.out = out;
        this.err = err;
        this.bar = bar;
    }

    @Override
    public void line(Tenant tenant, boolean isErr, String line) {
        write(isErr ? err : out, tenant.slug() + " | " + line);
    }

    @Override
    public void row(Tenant tenant, List<String> columns, List<? extends @Nullable Object> values) {
        write(
                out,
                tenant.slug() + " | "
                        + values.stream()
                                .map(value -> Objects.toString(value, ""))
                                .collect(Collectors.joining(" | ")));
    }

    @Override
    public void statement(Tenant tenant, String keyword, long rows) {
        // The number of rows is in the JSON; a line for each statement and tenant would hide what matters.
    }

    @Override
    public synchronized void ended(Tenant tenant, @Nullable String error, Duration duration, int done, int total) {
        if (error != null) {
            write(err, tenant.slug() + ": failed: " + error);
        } else if (!bar.isVisible()) {
            write(err, tenant.slug() + ": done in " + seconds(duration) + " (" + done + " of " + total + ")");
        }
        bar.show(done, total, tenant.slug().value());
    }

    @Override
    public void summary(WorkSummary summary) {
        bar.hide();
        write(
                err,
                summary.succeeded().size() + " succeeded, " + summary.failed().size() + " failed, "
                        + summary.notStarted().size() + " not started, in " + seconds(summary.duration()) + ".");
        if (!summary.failed().isEmpty()) {
            write(err, "Failed: " + failed(summary));
        }
    }

    private static String failed(WorkSummary summary) {
        return summary.failed().stream()
                        .limit(FAILURES_SHOWN)
                        .map(failure -> failure.tenant().slug().value())
                        .collect(Collectors.joining(", "))
                + (summary.failed().size() > FAILURES_SHOWN ? ", ..." : "");
    }

    @Override
    public void interrupted(int done, int total) {
        bar.hide();
        write(err, "Interrupted after " + done + " of " + total + "; what had started was ended.");
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private synchronized void write(PrintWriter writer, String line) {
        bar.hide();
        writer.println(SafeText.lines(line));
        writer.flush();
    }
}
