package dev.boundary.examples.bookings.demo;

import static dev.boundary.examples.bookings.db.Tables.BOOKING;
import static dev.boundary.examples.bookings.db.Tables.BOOKING_COUNTER;
import static dev.boundary.examples.bookings.db.Tables.BOOKING_LINE;
import static dev.boundary.examples.bookings.db.Tables.CLUB;
import static dev.boundary.examples.bookings.db.Tables.COURT;
import static dev.boundary.examples.bookings.db.Tables.MEMBER;
import static dev.boundary.examples.bookings.db.Tables.TEMPLATE;

import dev.boundary.examples.bookings.service.Club;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Fills a migrated database. As a superuser and without Boundary: it writes the rows of all clubs. */
final class Seed {

    static final List<String> COURTS = List.of("Court 1", "Court 2", "Centre Court");
    static final int FIRST_MEMBER = 1001;

    /** Has no bookings, so that nothing but Boundary keeps the row where it is. */
    static final String GUEST = "Guest card";

    private static final List<String> MEMBERS =
            List.of("Maria Lindqvist", "Tom Baker", "Aisha Khan", "Jonas Weber", "Chloe Martin", "Luca Rossi");
    private static final int BOOKINGS = 8;
    private static final long HOUR_CENTS = 2400;
    private static final long RACKET_CENTS = 450;
    private static final OffsetDateTime FIRST_HOUR = OffsetDateTime.parse("2027-03-01T08:00:00Z");

    private final DSLContext db;

    private Seed(DSLContext db) {
        this.db = db;
    }

    static void run(DataSource superuser) {
        DSL.using(superuser, SQLDialect.POSTGRES).transaction(transaction -> new Seed(transaction.dsl()).all());
    }

    private void all() {
        SeededClub.ALL.forEach(this::club);
        template(null, "Court hour", HOUR_CENTS);
        template(null, "Racket hire", RACKET_CENTS);
        for (Club club : SeededClub.ALL) {
            fill(club);
        }
    }

    private void club(Club club) {
        db.insertInto(CLUB, CLUB.ID, CLUB.SUBDOMAIN, CLUB.NAME, CLUB.CURRENCY_CODE)
                .values(club.id(), club.subdomain(), club.name(), club.currency())
                .execute();
    }

    private void fill(Club club) {
        template(club, "Members' evening", HOUR_CENTS / 2);
        List<Long> courts = COURTS.stream().map(name -> court(club, name)).toList();
        List<Long> members = MEMBERS.stream().map(name -> member(club, name)).toList();
        // A number of its own, so that no unique key stands in the way of moving it to another club.
        insertMember(club, 9000 + SeededClub.ALL.indexOf(club), GUEST);
        for (int i = 0; i < BOOKINGS; i++) {
            long booking = booking(club, i + 1, courts.get(i % courts.size()), members.get(i % members.size()));
            line(booking, "Court hour", HOUR_CENTS);
            if (i % 2 == 0) {
                line(booking, "Racket hire", RACKET_CENTS);
            }
        }
        db.insertInto(BOOKING_COUNTER, BOOKING_COUNTER.TENANT_ID, BOOKING_COUNTER.LAST_NUMBER)
                .values(club.id(), BOOKINGS)
                .execute();
    }

    private void template(@Nullable Club club, String item, long cents) {
        db.insertInto(TEMPLATE, TEMPLATE.TENANT_ID, TEMPLATE.ITEM, TEMPLATE.PRICE_CENTS)
                .values(club == null ? null : club.id(), item, cents)
                .execute();
    }

    private long court(Club club, String name) {
        return db.insertInto(COURT, COURT.TENANT_ID, COURT.NAME)
                .values(club.id(), name)
                .returning(COURT.ID)
                .fetchSingle()
                .getId();
    }

    private long member(Club club, String name) {
        return insertMember(club, FIRST_MEMBER + MEMBERS.indexOf(name), name);
    }

    private long insertMember(Club club, int number, String name) {
        String email = name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@" + club.subdomain() + ".example";
        return db.insertInto(MEMBER, MEMBER.TENANT_ID, MEMBER.NUMBER, MEMBER.NAME, MEMBER.EMAIL)
                .values(club.id(), number, name, email)
                .returning(MEMBER.ID)
                .fetchSingle()
                .getId();
    }

    private long booking(Club club, int number, long court, long member) {
        return db.insertInto(
                        BOOKING,
                        BOOKING.TENANT_ID,
                        BOOKING.NUMBER,
                        BOOKING.COURT_ID,
                        BOOKING.MEMBER_ID,
                        BOOKING.STARTS_AT)
                .values(club.id(), number, court, member, FIRST_HOUR.plusHours(number))
                .returning(BOOKING.ID)
                .fetchSingle()
                .getId();
    }

    private void line(long booking, String item, long cents) {
        db.insertInto(BOOKING_LINE, BOOKING_LINE.BOOKING_ID, BOOKING_LINE.ITEM, BOOKING_LINE.PRICE_CENTS)
                .values(booking, item, cents)
                .execute();
    }
}
