package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;

import dev.boundary.jooq.clubs.tables.Booking;
import dev.boundary.jooq.clubs.tables.Court;
import dev.boundary.jooq.clubs.tables.Member;

/** Joins. */
final class JoinShapes extends ShapeGroup {
    private static final Booking B = BOOKING.as("b");
    private static final Court C = COURT.as("c");
    private static final Member M = MEMBER.as("m");
    private static final Member R = MEMBER.as("r");

    JoinShapes() {
        innerJoins();
        outerJoins();
        joinsWithThePredicateBesideTheTable();
        nestedJoins();
        semiJoinsAndLateral();
    }

    private void innerJoins() {
        rewritten("inner, cross, natural and USING join, self join", "in the WHERE, for each table");
        shape("inner join", db -> db.select(B.ID, M.NAME).from(B).join(M).on(B.MEMBER_ID.eq(M.ID)));
        shape("cross join", db -> db.select(C.ID, M.ID).from(C).crossJoin(M));
        shape("comma list", db -> db.select(C.NAME, M.NAME).from(C, M));
        shape("self join", db -> db.select(M.NAME, R.NAME).from(M).join(R).on(M.REFERRER_ID.eq(R.ID)));
        shape(
                "join using",
                db -> db.select(BOOKING.ID, MEMBER.NAME)
                        .from(BOOKING)
                        .join(MEMBER)
                        .using(MEMBER.ID));
        shape(
                "natural join",
                db -> db.select(BOOKING.PRICE, MEMBER.NAME).from(BOOKING).naturalJoin(MEMBER));
        shape("join on true", db -> db.select(C.ID, M.ID).from(C).join(M).on(inline(true)));
    }

    private void outerJoins() {
        rewritten("LEFT and RIGHT JOIN", "the null-extended side in ON, the other in WHERE");
        shape("left join", db -> db.select(B.ID, M.NAME).from(B).leftJoin(M).on(B.MEMBER_ID.eq(M.ID)));
        shape(
                "left join, IS NULL on the right",
                db -> db.select(M.ID)
                        .from(M)
                        .leftJoin(B)
                        .on(B.MEMBER_ID.eq(M.ID).and(B.STATUS.eq("paid")))
                        .where(B.ID.isNull()));
        shape("right join", db -> db.select(B.ID, M.NAME).from(B).rightJoin(M).on(B.MEMBER_ID.eq(M.ID)));
        shape(
                "left join of a table with condition",
                db -> db.select(C.ID, B.ID)
                        .from(C)
                        .leftJoin(B.where(B.PRICE.gt(10)))
                        .on(B.COURT_ID.eq(C.ID)));
    }

    private void joinsWithThePredicateBesideTheTable() {
        rewritten(
                "FULL JOIN; NATURAL or USING outer joins; APPLY of a table",
                "joined to the table: `(t join (select) as t_tenant on ...)`");
        shape("full join", db -> db.select(B.ID, M.NAME).from(B).fullJoin(M).on(B.MEMBER_ID.eq(M.ID)));
        shape(
                "full join, no alias",
                db -> db.select(BOOKING.ID, MEMBER.NAME)
                        .from(BOOKING)
                        .fullJoin(MEMBER)
                        .on(BOOKING.MEMBER_ID.eq(MEMBER.ID)));
        shape(
                "left join using",
                db -> db.select(BOOKING.ID, MEMBER.NAME)
                        .from(BOOKING)
                        .leftJoin(MEMBER)
                        .using(MEMBER.ID));
        shape(
                "full join using",
                db -> db.select(BOOKING.PRICE, MEMBER.NAME)
                        .from(BOOKING)
                        .fullJoin(MEMBER)
                        .using(MEMBER.ID));
        shape(
                "natural left join",
                db -> db.select(BOOKING.PRICE, MEMBER.NAME).from(BOOKING).naturalLeftOuterJoin(MEMBER));
        shape(
                "natural right join",
                db -> db.select(BOOKING.PRICE, MEMBER.NAME).from(BOOKING).naturalRightOuterJoin(MEMBER));
        shape(
                "natural full join",
                db -> db.select(BOOKING.PRICE, MEMBER.NAME).from(BOOKING).naturalFullOuterJoin(MEMBER));
        shape("outer apply of a table", db -> db.select(C.ID, BOOKING.ID).from(C.outerApply(BOOKING)));
    }

    private void nestedJoins() {
        rewritten("nested joins of all kinds", "as above, for each join");
        shape(
                "left join of left join",
                db -> db.select(C.ID, B.ID, M.ID)
                        .from(C.leftJoin(B.leftJoin(M).on(B.MEMBER_ID.eq(M.ID))).on(B.COURT_ID.eq(C.ID))));
        shape(
                "full join of joins",
                db -> db.select(B.ID, C.ID, M.ID, R.ID)
                        .from(B.join(C)
                                .on(B.COURT_ID.eq(C.ID))
                                .fullJoin(M.leftJoin(R).on(M.REFERRER_ID.eq(R.ID)))
                                .on(B.MEMBER_ID.eq(M.ID))));
        shape(
                "left join of inner join",
                db -> db.select(C.ID, B.ID, M.ID)
                        .from(C.leftJoin(B.join(M).on(B.MEMBER_ID.eq(M.ID))).on(B.COURT_ID.eq(C.ID))));
        shape(
                "right join of left join",
                db -> db.select(C.ID, B.ID, M.ID)
                        .from(C.leftJoin(B).on(B.COURT_ID.eq(C.ID)).rightJoin(M).on(B.MEMBER_ID.eq(M.ID))));
        shape(
                "left join then inner join",
                db -> db.select(C.ID, B.ID, M.ID)
                        .from(C)
                        .leftJoin(B)
                        .on(B.COURT_ID.eq(C.ID))
                        .join(M)
                        .on(M.ID.eq(1)));
    }

    private void semiJoinsAndLateral() {
        rewritten("semi and anti join, LATERAL, APPLY of a query", "in the subquery");
        shape("anti join", db -> db.select(M.ID).from(M).leftAntiJoin(B).on(B.MEMBER_ID.eq(M.ID)));
        shape("semi join", db -> db.select(C.ID).from(C).leftSemiJoin(B).on(B.COURT_ID.eq(C.ID)));
        shape(
                "cross apply",
                db -> db.select(C.ID, field(name("q", "id")))
                        .from(C.crossApply(
                                select(B.ID).from(B).where(B.COURT_ID.eq(C.ID)).asTable("q"))));
        shape(
                "outer apply",
                db -> db.select(M.ID, field(name("q", "id")))
                        .from(M.outerApply(
                                select(B.ID).from(B).where(B.MEMBER_ID.eq(M.ID)).asTable("q"))));
        shape(
                "lateral",
                db -> db.select(C.ID, field(name("q", "n")))
                        .from(
                                C,
                                lateral(select(count().as("n")).from(B).where(B.COURT_ID.eq(C.ID)))
                                        .as("q")));
    }
}
