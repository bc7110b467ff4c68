package dev.boundary.benchmarks.subject;

/**
 * Whose work is done, and on which rows.
 *
 * @param tenant whose
 * @param booking the id of one of the tenant's bookings
 * @param customer the id of one of the tenant's customers
 * @param event the first of {@link Scenario#BATCH_SIZE} ids for new events that nobody else uses
 */
public record Task(long tenant, long booking, long customer, long event) {}
