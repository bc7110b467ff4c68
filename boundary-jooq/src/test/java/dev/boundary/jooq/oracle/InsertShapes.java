package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static org.jooq.impl.DSL.default_;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.with;

import dev.boundary.jooq.clubs.Keys;
import dev.boundary.jooq.clubs.tables.Booking;
import dev.boundary.jooq.clubs.tables.Court;
import dev.boundary.jooq.clubs.tables.Member;

/** INSERT. */
final class InsertShapes extends ShapeGroup {
    private static final Booking B = BOOKING.as("b");
    private static final Court C = COURT.as("c");
    private static final Member M = MEMBER.as("m");

    InsertShapes() {
        values();
        valuesOfSubqueries();
        selects();
        selectsWithCtes();
        onConflict();
        onConflictOfOtherForms();
    }

    private void values() {
        rewritten("INSERT VALUES, several rows, SET, DEFAULT VALUES, RETURNING", "the tenant column is filled in");
        shape(
                "insert one row",
                (db, ids) ->
                        db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID).values(900, ids.court(1)));
        shape(
                "insert several rows",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(900, ids.court(1))
                        .values(901, ids.court(2)));
        shape(
                "insert with the tenant",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.TENANT_ID, BOOKING.COURT_ID)
                        .values(900, ids.uuid(), ids.court(1)));
        shape(
                "insert with SET",
                (db, ids) -> db.insertInto(BOOKING).set(BOOKING.ID, 900).set(BOOKING.COURT_ID, ids.court(1)));
        shape(
                "insert with DEFAULT for the tenant",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.TENANT_ID, BOOKING.ID, BOOKING.COURT_ID)
                        .values(default_(BOOKING.TENANT_ID), val(900), val(ids.court(1))));
        shape("insert all columns", (db, ids) -> db.insertInto(COURT).values(900, ids.uuid(), "new", "clay", 3));
    }

    private void valuesOfSubqueries() {
        shape(
                "insert with a subquery",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID, BOOKING.PRICE)
                        .values(
                                val(900),
                                val(ids.court(1)),
                                field(select(sum(C.RATE).cast(Integer.class)).from(C))));
        shape(
                "insert returning",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(900, ids.court(1))
                        .returning());
        shape(
                "insert returning a subquery",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(900, ids.court(1))
                        .returningResult(BOOKING.ID, field(selectCount().from(M))));
    }

    private void selects() {
        rewritten("INSERT SELECT", "the tenant column is added; if you select it yourself, the database checks it");
        shape(
                "insert from SELECT",
                db -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID, BOOKING.NOTE)
                        .select(select(C.ID.plus(900), C.ID, C.NAME).from(C)));
        shape(
                "insert from SELECT with the tenant",
                db -> db.insertInto(BOOKING, BOOKING.TENANT_ID, BOOKING.ID, BOOKING.COURT_ID)
                        .select(select(C.TENANT_ID, C.ID.plus(900), C.ID).from(C)));
        shape(
                "insert from SELECT with a constant tenant",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.TENANT_ID, BOOKING.ID, BOOKING.COURT_ID)
                        .select(select(val(ids.uuid()), C.ID.plus(900), C.ID).from(C)));
        shape(
                "insert from union",
                db -> db.insertInto(MEMBER, MEMBER.ID, MEMBER.NAME)
                        .select(select(C.ID.plus(900), C.NAME)
                                .from(C)
                                .unionAll(select(B.ID.plus(1900), B.STATUS).from(B))));
        shape(
                "insert from SELECT, no columns named",
                db -> db.insertInto(MEMBER)
                        .select(select(M.TENANT_ID, M.ID.plus(900), M.NAME, M.CITY, M.REFERRER_ID)
                                .from(M)));
    }

    private void selectsWithCtes() {
        shape(
                "insert from cte",
                db -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .select(with("q")
                                .as(select(C.ID).from(C))
                                .select(
                                        field(name("q", "id"), Integer.class).plus(900),
                                        field(name("q", "id"), Integer.class))
                                .from(table(name("q")))));
        shape(
                "with ... insert",
                db -> db.with("q")
                        .as(select(C.ID).from(C))
                        .insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .select(select(
                                        field(name("q", "id"), Integer.class).plus(900),
                                        field(name("q", "id"), Integer.class))
                                .from(table(name("q")))));
    }

    private void onConflict() {
        rewritten("ON CONFLICT, ON DUPLICATE KEY", "`where tenant_id = ?` in DO UPDATE");
        shape(
                "on conflict do update",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID, BOOKING.PRICE)
                        .values(1, ids.court(1), 77)
                        .onConflict(BOOKING.TENANT_ID, BOOKING.ID)
                        .doUpdate()
                        .set(BOOKING.PRICE, excluded(BOOKING.PRICE)));
        shape(
                "on conflict do nothing",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(1, ids.court(1))
                        .values(900, ids.court(1))
                        .onConflict(BOOKING.TENANT_ID, BOOKING.ID)
                        .doNothing());
        shape(
                "on conflict do nothing, no target",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(1, ids.court(1))
                        .onConflictDoNothing());
        shape(
                "on conflict do update where",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID, BOOKING.PRICE)
                        .values(1, ids.court(1), 77)
                        .onConflict(BOOKING.TENANT_ID, BOOKING.ID)
                        .doUpdate()
                        .set(BOOKING.PRICE, excluded(BOOKING.PRICE))
                        .where(BOOKING.PRICE.gt(100))
                        .returning());
    }

    private void onConflictOfOtherForms() {
        shape(
                "on conflict on constraint",
                (db, ids) -> db.insertInto(COURT, COURT.ID, COURT.NAME, COURT.RATE)
                        .values(900, "Court 1", 7)
                        .onConflictOnConstraint(Keys.COURT_NAME_KEY)
                        .doUpdate()
                        .set(COURT.RATE, 8));
        shape(
                "on conflict by values of a subquery",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(1, ids.court(1))
                        .onConflict(BOOKING.TENANT_ID, BOOKING.ID)
                        .doUpdate()
                        .set(BOOKING.PRICE, field(select(max(C.RATE)).from(C))));
        shape(
                "on duplicate key update",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(2, ids.court(1))
                        .onDuplicateKeyUpdate()
                        .set(BOOKING.PRICE, 1));
        shape(
                "on duplicate key ignore",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(2, ids.court(1))
                        .onDuplicateKeyIgnore());
        shape(
                "upsert from SELECT",
                db -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID, BOOKING.PRICE)
                        .select(select(M.ID, field(select(min(C.ID)).from(C)), val(3))
                                .from(M))
                        .onConflict(BOOKING.TENANT_ID, BOOKING.ID)
                        .doUpdate()
                        .set(BOOKING.PRICE, 4));
    }
}
