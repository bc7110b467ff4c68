package dev.boundary.examples.bookings.demo;

import static dev.boundary.examples.bookings.db.Tables.BOOKING;
import static dev.boundary.examples.bookings.db.Tables.BOOKING_LINE;
import static dev.boundary.examples.bookings.db.Tables.MEMBER;
import static dev.boundary.examples.bookings.db.Tables.TEMPLATE;

import dev.boundary.examples.bookings.demo.Attempt.Row;
import dev.boundary.examples.bookings.demo.Attempt.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Query;

/** The attempts. {@link SeededClub#NORTH} makes them, mostly against {@link SeededClub#SOUTH}. */
final class Attempts {

    static final List<Attempt> ALL = List.of(
            Attempt.inScope("Forgotten filter", "db.selectFrom(BOOKING)", Attempts::forgottenFilter),
            Attempt.inScope("Join", "db.select().from(BOOKING).join(MEMBER)…join(BOOKING_LINE)…", Attempts::join),
            Attempt.inScope("Raw SQL", "db.fetch(\"select id from booking\")", Attempts::rawSql),
            Attempt.inScope(
                    "Insert for another club", "db.insertInto(MEMBER)…values(south, …)", Attempts::insertForAnother),
            Attempt.inScope("Move a row", "db.update(MEMBER).set(MEMBER.TENANT_ID, south)", Attempts::moveRow),
            Attempt.inScope("Delete everything", "db.deleteFrom(BOOKING_LINE)", Attempts::deleteEverything),
            Attempt.inScope("Bulk insert", "db.insertInto(MEMBER)…values(north, …).values(south, …)", Attempts::bulk),
            Attempt.inScope(
                    "Change shared rows", "db.update(TEMPLATE).set(TEMPLATE.PRICE_CENTS, 1L)", Attempts::changeShared),
            new Attempt(
                    "No tenant",
                    "db.selectFrom(BOOKING), outside any scope",
                    Scope.NONE,
                    true,
                    Attempts::forgottenFilter),
            new Attempt(
                    "Past jOOQ",
                    "pool.getConnection()…executeQuery(\"select id from booking\")",
                    Scope.OWN,
                    false,
                    Attempts::pastJooq));

    private static final UUID NORTH = SeededClub.NORTH.id();
    private static final UUID SOUTH = SeededClub.SOUTH.id();
    private static final String MAIL = "mallory@example.com";

    private Attempts() {}

    private static List<Row> forgottenFilter(DSLContext db, DataSource pool) {
        return db.selectFrom(BOOKING).fetch(booking -> new Row("booking", booking.getId()));
    }

    private static List<Row> join(DSLContext db, DataSource pool) {
        List<Row> rows = new ArrayList<>();
        db.select(BOOKING.ID, MEMBER.ID, BOOKING_LINE.ID)
                .from(BOOKING)
                .join(MEMBER)
                .on(MEMBER.ID.eq(BOOKING.MEMBER_ID))
                .join(BOOKING_LINE)
                .on(BOOKING_LINE.BOOKING_ID.eq(BOOKING.ID))
                .forEach(row -> {
                    rows.add(new Row("booking", row.value1()));
                    rows.add(new Row("member", row.value2()));
                    rows.add(new Row("booking_line", row.value3()));
                });
        return rows;
    }

    private static List<Row> rawSql(DSLContext db, DataSource pool) {
        return db.fetch("select id from booking").map(row -> new Row("booking", row.get(0, Long.class)));
    }

    private static List<Row> insertForAnother(DSLContext db, DataSource pool) {
        return write(db.insertInto(MEMBER, MEMBER.TENANT_ID, MEMBER.NUMBER, MEMBER.NAME, MEMBER.EMAIL)
                .values(SOUTH, 6001, "Mallory", MAIL));
    }

    private static List<Row> moveRow(DSLContext db, DataSource pool) {
        return write(db.update(MEMBER).set(MEMBER.TENANT_ID, SOUTH).where(MEMBER.NUMBER.eq(9000)));
    }

    private static List<Row> deleteEverything(DSLContext db, DataSource pool) {
        return write(db.deleteFrom(BOOKING_LINE));
    }

    private static List<Row> bulk(DSLContext db, DataSource pool) {
        return write(db.insertInto(MEMBER, MEMBER.TENANT_ID, MEMBER.NUMBER, MEMBER.NAME, MEMBER.EMAIL)
                .values(NORTH, 6001, "Trent", MAIL)
                .values(SOUTH, 6002, "Mallory", MAIL));
    }

    private static List<Row> changeShared(DSLContext db, DataSource pool) {
        return write(db.update(TEMPLATE).set(TEMPLATE.PRICE_CENTS, 1L));
    }

    private static List<Row> pastJooq(DSLContext db, DataSource pool) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("select id from booking")) {
            while (results.next()) {
                rows.add(new Row("booking", results.getLong(1)));
            }
        }
        return rows;
    }

    private static List<Row> write(Query query) {
        query.execute();
        return List.of();
    }
}
