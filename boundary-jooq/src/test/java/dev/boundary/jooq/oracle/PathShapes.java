package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static dev.boundary.jooq.clubs.Tables.PART;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import dev.boundary.jooq.clubs.tables.Booking;
import dev.boundary.jooq.clubs.tables.Court;
import dev.boundary.jooq.clubs.tables.Member;

/** Paths from table to table, along foreign keys. */
final class PathShapes extends ShapeGroup {
    private static final Booking B = BOOKING.as("b");
    private static final Court C = COURT.as("c");
    private static final Member M = MEMBER.as("m");

    PathShapes() {
        implicitJoins();
        implicitJoinsInSubqueries();
        implicitJoinsBesideOthers();
        pathJoins();
        pathJoinsWithConditions();
    }

    private void implicitJoins() {
        rewritten("implicit joins, also in UPDATE and DELETE", "in the joins that jOOQ generates");
        shape(
                "implicit join to one",
                db -> db.select(BOOKING.ID, BOOKING.court().NAME).from(BOOKING));
        shape(
                "implicit join to one, nullable",
                db -> db.select(BOOKING.ID, BOOKING.member().NAME).from(BOOKING));
        shape(
                "implicit joins, two steps",
                db -> db.select(BOOKING.ID, BOOKING.member().member().NAME).from(BOOKING));
        shape(
                "implicit join on an alias",
                db -> db.select(B.ID, B.court().NAME)
                        .from(B)
                        .where(B.member().NAME.like("%2")));
        shape(
                "implicit join in ORDER BY",
                db -> db.select(B.ID)
                        .from(B)
                        .orderBy(B.court().RATE.desc(), B.ID)
                        .limit(4));
    }

    private void implicitJoinsInSubqueries() {
        shape(
                "implicit join in a subquery",
                db -> db.select(C.ID)
                        .from(C)
                        .where(C.ID.in(select(B.court().ID)
                                .from(B)
                                .where(B.member().CITY.isNotNull()))));
        shape(
                "implicit joins in several subqueries, with bind values",
                db -> db.select(C.ID)
                        .from(C)
                        .where(C.ID.in(select(B.court().ID).from(B).where(B.PRICE.gt(5))))
                        .and(C.ID.in(select(B.court().ID).from(B).where(B.PRICE.gt(10))))
                        .and(C.RATE.notIn(select(B.member().ID)
                                .from(B)
                                .where(B.PRICE.gt(15))
                                .and(B.member().ID.isNotNull()))));
    }

    private void implicitJoinsBesideOthers() {
        shape(
                "implicit join beside a left join",
                db -> db.select(M.ID, B.court().NAME).from(M).leftJoin(B).on(B.MEMBER_ID.eq(M.ID)));
        shape(
                "implicit self join",
                db -> db.select(MEMBER.ID, MEMBER.member().NAME).from(MEMBER));
        shape(
                "path from a child",
                db -> db.select(PART.NAME, PART.maintenance().court().NAME).from(PART));
        shape(
                "implicit join in UPDATE",
                db -> db.update(BOOKING)
                        .set(BOOKING.NOTE, BOOKING.court().NAME)
                        .where(BOOKING.member().NAME.eq("Member 2")));
        shape(
                "implicit join in DELETE",
                db -> db.deleteFrom(BOOKING).where(BOOKING.court().NAME.eq("Court 2")));
    }

    private void pathJoins() {
        rewritten("path joins, paths to many, skipped steps", "in the joins that jOOQ generates");
        shape(
                "explicit path join",
                db -> db.select(BOOKING.ID, BOOKING.member().NAME).from(BOOKING).leftJoin(BOOKING.member()));
        shape(
                "path to many in EXISTS",
                db -> db.select(COURT.ID).from(COURT).where(exists(selectOne().from(COURT.booking()))));
        shape(
                "path to many in MULTISET",
                db -> db.select(
                                COURT.ID,
                                multiset(select(COURT.booking().ID)
                                        .from(COURT.booking())
                                        .orderBy(COURT.booking().ID)))
                        .from(COURT));
        shape(
                "explicit path join to many",
                db -> db.select(COURT.ID, COURT.booking().ID).from(COURT).leftJoin(COURT.booking()));
        shape(
                "explicit path join with a skipped step",
                db -> db.select(BOOKING.ID, BOOKING.member().member().NAME)
                        .from(BOOKING)
                        .join(BOOKING.member().member()));
        shape(
                "path join to a child",
                db -> db.select(COURT.ID, COURT.maintenance().LABEL).from(COURT).leftJoin(COURT.maintenance()));
    }

    private void pathJoinsWithConditions() {
        shape(
                "path join with a condition on its table",
                db -> db.select(BOOKING.ID, BOOKING.member().NAME)
                        .from(BOOKING)
                        .leftJoin(BOOKING.member().where(BOOKING.member().CITY.isNotNull())));
        shape(
                "path join with a condition on its table, and ON",
                db -> db.select(BOOKING.ID, BOOKING.member().NAME)
                        .from(BOOKING)
                        .leftJoin(BOOKING.member().where(BOOKING.member().CITY.isNotNull()))
                        .on(BOOKING.PRICE.gt(10)));
        shape(
                "path to many with a condition on its table",
                db -> db.select(COURT.ID)
                        .from(COURT)
                        .where(exists(selectOne()
                                .from(COURT.booking()
                                        .where(COURT.booking().PRICE.gt(20))))));
    }
}
