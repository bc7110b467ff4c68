package dev.boundary.examples.bookings.service;

import static dev.boundary.examples.bookings.db.Tables.BOOKING;
import static dev.boundary.examples.bookings.db.Tables.BOOKING_COUNTER;
import static dev.boundary.examples.bookings.db.Tables.BOOKING_LINE;
import static dev.boundary.examples.bookings.db.Tables.COURT;
import static dev.boundary.examples.bookings.db.Tables.MEMBER;
import static dev.boundary.examples.bookings.db.Tables.TEMPLATE;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;

/**
 * The bookings of the club of the open scope.
 *
 * @param db a context made by Boundary
 */
public record Bookings(DSLContext db) {

    private static final String SLOT_INDEX = "booking_slot";

    /**
     * All bookings.
     *
     * @return the bookings by number
     */
    public List<Booking> list() {
        return fetch(db, DSL.noCondition());
    }

    /**
     * One booking.
     *
     * @param number its number
     * @return the booking
     * @throws NotFoundException if the club has none of that number
     */
    public Booking find(int number) {
        return find(db, number);
    }

    /**
     * Books a court for an hour.
     *
     * @param wish what is wished for
     * @return the booking
     * @throws NotFoundException if the club has no such court, member or template
     * @throws SlotTakenException if the court is taken then
     */
    public Booking book(NewBooking wish) {
        try {
            return db.transactionResult(transaction -> book(transaction.dsl(), wish));
        } catch (IntegrityConstraintViolationException e) {
            if (Objects.toString(e.getMessage(), "").contains(SLOT_INDEX)) {
                throw new SlotTakenException(wish, e);
            }
            throw e;
        }
    }

    /**
     * Cancels a booking; one that is cancelled stays so.
     *
     * @param number its number
     * @return the booking
     * @throws NotFoundException if the club has none of that number
     */
    public Booking cancel(int number) {
        db.update(BOOKING)
                .set(BOOKING.STATUS, "cancelled")
                .where(BOOKING.NUMBER.eq(number))
                .execute();
        return find(number);
    }

    private static Booking book(DSLContext db, NewBooking wish) {
        long court = id(db, COURT, COURT.ID, COURT.NAME.eq(wish.court()), "court \"" + wish.court() + "\"");
        long member = id(db, MEMBER, MEMBER.ID, MEMBER.NUMBER.eq(wish.memberNumber()), "member " + wish.memberNumber());
        int number = nextNumber(db);
        db.insertInto(BOOKING, BOOKING.NUMBER, BOOKING.COURT_ID, BOOKING.MEMBER_ID, BOOKING.STARTS_AT)
                .values(number, court, member, wish.startsAt().atOffset(ZoneOffset.UTC))
                .execute();
        long booking = id(db, BOOKING, BOOKING.ID, BOOKING.NUMBER.eq(number), "booking " + number);
        for (String item : wish.items()) {
            db.insertInto(BOOKING_LINE, BOOKING_LINE.BOOKING_ID, BOOKING_LINE.ITEM, BOOKING_LINE.PRICE_CENTS)
                    .values(booking, item, price(db, item))
                    .execute();
        }
        return find(db, number);
    }

    // No condition: the club has one row, and sees no other.
    private static int nextNumber(DSLContext db) {
        db.update(BOOKING_COUNTER)
                .set(BOOKING_COUNTER.LAST_NUMBER, BOOKING_COUNTER.LAST_NUMBER.plus(1))
                .execute();
        return db.select(BOOKING_COUNTER.LAST_NUMBER)
                .from(BOOKING_COUNTER)
                .fetchSingle()
                .value1();
    }

    // The club's own template goes before a shared one of the same name.
    private static long price(DSLContext db, String item) {
        return db.select(TEMPLATE.PRICE_CENTS)
                .from(TEMPLATE)
                .where(TEMPLATE.ITEM.eq(item))
                .orderBy(TEMPLATE.TENANT_ID.asc().nullsLast())
                .limit(1)
                .fetchOptional(TEMPLATE.PRICE_CENTS)
                .orElseThrow(() -> new NotFoundException("template \"" + item + "\""));
    }

    private static long id(DSLContext db, Table<?> table, Field<Long> id, Condition condition, String what) {
        return db.select(id)
                .from(table)
                .where(condition)
                .fetchOptional(id)
                .orElseThrow(() -> new NotFoundException(what));
    }

    private static Booking find(DSLContext db, int number) {
        return fetch(db, BOOKING.NUMBER.eq(number)).stream()
                .findFirst()
                .orElseThrow(() -> new NotFoundException("booking " + number));
    }

    private static List<Booking> fetch(DSLContext db, Condition condition) {
        Map<Long, List<Booking.Line>> lines = lines(db, condition);
        return db.select(
                        BOOKING.ID,
                        BOOKING.NUMBER,
                        COURT.NAME,
                        MEMBER.NUMBER,
                        MEMBER.NAME,
                        BOOKING.STARTS_AT,
                        BOOKING.STATUS)
                .from(BOOKING)
                .join(COURT)
                .on(COURT.ID.eq(BOOKING.COURT_ID))
                .join(MEMBER)
                .on(MEMBER.ID.eq(BOOKING.MEMBER_ID))
                .where(condition)
                .orderBy(BOOKING.NUMBER)
                .fetch(row -> booking(row, lines.getOrDefault(row.value1(), List.of())));
    }

    private static Booking booking(Record row, List<Booking.Line> lines) {
        return new Booking(
                row.get(BOOKING.NUMBER),
                row.get(COURT.NAME),
                row.get(MEMBER.NUMBER),
                row.get(MEMBER.NAME),
                row.get(BOOKING.STARTS_AT).toInstant(),
                row.get(BOOKING.STATUS),
                lines);
    }

    private static Map<Long, List<Booking.Line>> lines(DSLContext db, Condition condition) {
        return db.select(BOOKING_LINE.BOOKING_ID, BOOKING_LINE.ITEM, BOOKING_LINE.PRICE_CENTS)
                .from(BOOKING_LINE)
                .join(BOOKING)
                .on(BOOKING.ID.eq(BOOKING_LINE.BOOKING_ID))
                .where(condition)
                .orderBy(BOOKING_LINE.ID)
                .fetchGroups(row -> row.value1(), row -> new Booking.Line(row.value2(), row.value3()));
    }
}
