package dev.boundary.cli.work;

import dev.boundary.cli.text.Json;
import dev.boundary.core.registry.Tenant;
import dev.boundary.registry.WorkSummary;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For programs: one JSON object on each line, as events happen. */
public final class JsonReport implements RunReport {

    private final PrintWriter out;

    /**
     * Starts a report.
     *
     * @param out receives the objects
     */
    public JsonReport(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void line(Tenant tenant, boolean isErr, String line) {
        Map<String, @Nullable Object> event = event("output", tenant);
        event.put("stream", isErr ? "stderr" : "stdout");
        event.put("line", line);
        write(event);
    }

    @Override
    public void row(Tenant tenant, List<String> columns, List<? extends @Nullable Object> values) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            row.putIfAbsent(columns.get(i), values.get(i));
        }
        Map<String, @Nullable Object> event = event("row", tenant);
        event.put("row", row);
        write(event);
    }

    @Override
    public void statement(Tenant tenant, String keyword, long rows) {
        Map<String, @Nullable Object> event = event("statement", tenant);
        event.put("statement", keyword);
        event.put("rows", rows);
        write(event);
    }

    @Override
    public void ended(Tenant tenant, @Nullable String error, Duration duration, int done, int total) {
        Map<String, @Nullable Object> event = event(error == null ? "succeeded" : "failed", tenant);
        event.put("key", tenant.key().value());
        event.put("region", tenant.region().orElse(null));
        event.put("seconds", seconds(duration));
        event.put("error", error);
        event.put("done", done);
        event.put("total", total);
        write(event);
    }

    @Override
    public void summary(WorkSummary summary) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("event", "summary");
        event.put("succeeded", summary.succeeded().size());
        event.put("failed", summary.failed().size());
        event.put("notStarted", summary.notStarted().size());
        event.put("seconds", seconds(summary.duration()));
        write(event);
    }

    @Override
    public void interrupted(int done, int total) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("event", "interrupted");
        event.put("done", done);
        event.put("total", total);
        write(event);
    }

    private static Map<String, @Nullable Object> event(String name, Tenant tenant) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("event", name);
        event.put("slug", tenant.slug());
        return event;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private synchronized void write(Map<String, @Nullable Object> event) {
        out.println(Json.of(event));
        out.flush();
    }
}
