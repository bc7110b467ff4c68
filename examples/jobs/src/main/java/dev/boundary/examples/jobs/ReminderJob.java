package dev.boundary.examples.jobs;

import java.util.Map;

/**
 * The data of a job that db-scheduler stores.
 *
 * @param headers the tenant, signed by {@code TenantCarrier}
 * @param text the reminder
 */
public record ReminderJob(Map<String, String> headers, String text) {

    /** Copies the headers. */
    public ReminderJob {
        headers = Map.copyOf(headers);
    }
}
