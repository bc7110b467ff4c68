package dev.boundary.examples.bookings.service;

import java.time.Instant;
import java.util.List;

/**
 * A court taken by a member for an hour.
 *
 * @param number the club's number for it
 * @param court the court's name
 * @param memberNumber the member's number
 * @param member the member's name
 * @param startsAt when the hour begins
 * @param status {@code booked} or {@code cancelled}
 * @param lines what is on the bill
 */
public record Booking(
        int number, String court, int memberNumber, String member, Instant startsAt, String status, List<Line> lines) {

    /**
     * A line of the bill.
     *
     * @param item what it is for
     * @param priceCents the price in hundredths of the club's currency
     */
    public record Line(String item, long priceCents) {}
}
