package dev.boundary.benchmarks.subject;

/** A row of the join of {@code booking}, {@code customer} and {@code resource}. */
public record JoinedRow(long id, String customer, String resource, String state) {}
