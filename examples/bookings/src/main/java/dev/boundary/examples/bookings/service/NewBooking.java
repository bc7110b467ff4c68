package dev.boundary.examples.bookings.service;

import java.time.Instant;
import java.util.List;

/**
 * A wish for a booking.
 *
 * @param court the court's name
 * @param memberNumber the member's number
 * @param startsAt a full hour
 * @param items templates to put on the bill
 */
public record NewBooking(String court, int memberNumber, Instant startsAt, List<String> items) {}
