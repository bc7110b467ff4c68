package dev.boundary.examples.bookings.service;

import static dev.boundary.examples.bookings.db.Tables.COURT;
import static dev.boundary.examples.bookings.db.Tables.CURRENCY;
import static dev.boundary.examples.bookings.db.Tables.MEMBER;
import static dev.boundary.examples.bookings.db.Tables.TEMPLATE;
import static org.jooq.Records.mapping;

import java.util.List;
import org.jooq.DSLContext;

/**
 * What the club of the open scope has: courts, members, templates.
 *
 * @param db a context made by Boundary
 */
public record Catalogue(DSLContext db) {

    /**
     * A member.
     *
     * @param number the number on the member's card
     * @param name the full name
     * @param email the address
     */
    public record Member(int number, String name, String email) {}

    /**
     * Something that can be put on a booking.
     *
     * @param item what it is
     * @param priceCents its price in hundredths of the club's currency
     * @param shared whether all clubs have it
     */
    public record Template(String item, long priceCents, boolean shared) {}

    /**
     * A currency.
     *
     * @param code the ISO 4217 code
     * @param name the English name
     */
    public record Currency(String code, String name) {}

    /**
     * The courts.
     *
     * @return their names, sorted
     */
    public List<String> courts() {
        return db.select(COURT.NAME).from(COURT).orderBy(COURT.NAME).fetch(COURT.NAME);
    }

    /**
     * The members.
     *
     * @return the members by number
     */
    public List<Member> members() {
        return db.select(MEMBER.NUMBER, MEMBER.NAME, MEMBER.EMAIL)
                .from(MEMBER)
                .orderBy(MEMBER.NUMBER)
                .fetch(mapping(Member::new));
    }

    /**
     * The templates: the shared ones and the club's own.
     *
     * @return the templates by name
     */
    public List<Template> templates() {
        return db.select(TEMPLATE.ITEM, TEMPLATE.PRICE_CENTS, TEMPLATE.TENANT_ID)
                .from(TEMPLATE)
                .orderBy(TEMPLATE.ITEM, TEMPLATE.ID)
                .fetch(row -> new Template(row.value1(), row.value2(), row.value3() == null));
    }

    /**
     * All currencies.
     *
     * @return the currencies by code
     */
    public List<Currency> currencies() {
        return db.select(CURRENCY.CODE, CURRENCY.NAME)
                .from(CURRENCY)
                .orderBy(CURRENCY.CODE)
                .fetch(mapping(Currency::new));
    }
}
