package dev.boundary.examples.bookings.service;

import static dev.boundary.examples.bookings.db.Tables.CLUB;
import static org.jooq.Records.mapping;

import java.util.Optional;
import org.jooq.DSLContext;

/**
 * The clubs there are. The table is global, so it may be read while no tenant is known.
 *
 * @param db a context made by Boundary
 */
public record Clubs(DSLContext db) {

    /**
     * Finds a club by its subdomain.
     *
     * @param subdomain in lower case
     * @return the club, or empty if there is none
     */
    public Optional<Club> find(String subdomain) {
        return db.select(CLUB.ID, CLUB.SUBDOMAIN, CLUB.NAME, CLUB.CURRENCY_CODE)
                .from(CLUB)
                .where(CLUB.SUBDOMAIN.eq(subdomain))
                .fetchOptional(mapping(Club::new));
    }
}
