package dev.boundary.benchmarks.subject;

/** A row of the table {@code booking}. */
public record BookingRow(long id, long customerId, long resourceId, String state, String note) {}
