package dev.boundary.examples.jobs;

import java.util.Map;

/**
 * What db-scheduler keeps of a job.
 *
 * @param headers whose job it is, signed by {@code TenantCarrier}
 * @param text what to remind of
 */
public record ReminderJob(Map<String, String> headers, String text) {

    /** Copies the headers. */
    public ReminderJob {
        headers = Map.copyOf(headers);
    }
}
