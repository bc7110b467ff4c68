package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static org.jooq.impl.DSL.all;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.when;

import dev.boundary.jooq.clubs.tables.Booking;
import dev.boundary.jooq.clubs.tables.Court;
import dev.boundary.jooq.clubs.tables.Member;

/** Queries in queries. */
final class SubqueryShapes extends ShapeGroup {
    private static final Booking B = BOOKING.as("b");
    private static final Court C = COURT.as("c");
    private static final Member M = MEMBER.as("m");
    private static final Member R = MEMBER.as("r");

    SubqueryShapes() {
        derivedTables();
        scalarSubqueries();
        existsAndIn();
        quantifiers();
        namesAtSeveralLevels();
        unions();
    }

    private void derivedTables() {
        rewritten("derived tables, scalar subqueries, EXISTS, IN, NOT IN, ANY, ALL, row IN", "in each query level");
        shape(
                "not in",
                db -> db.select(M.ID)
                        .from(M)
                        .where(M.ID.notIn(select(B.MEMBER_ID).from(B).where(B.MEMBER_ID.isNotNull()))));
        shape(
                "derived table",
                db -> db.select(asterisk())
                        .from(select(BOOKING.ID, BOOKING.PRICE).from(BOOKING).asTable("q")));
        shape(
                "derived table, left joined",
                db -> db.select(M.ID, field(name("q", "id")))
                        .from(M)
                        .leftJoin(select(B.ID, B.MEMBER_ID).from(B).asTable("q"))
                        .on(field(name("q", "member_id"), Integer.class).eq(M.ID)));
    }

    private void scalarSubqueries() {
        shape(
                "scalar subquery",
                db -> db.select(C.ID, field(selectCount().from(B).where(B.COURT_ID.eq(C.ID))))
                        .from(C));
        shape(
                "scalar subquery in ORDER BY",
                db -> db.select(C.ID)
                        .from(C)
                        .orderBy(
                                field(selectCount().from(B).where(B.PRICE.gt(C.RATE)))
                                        .desc(),
                                C.ID)
                        .limit(2));
    }

    private void existsAndIn() {
        shape(
                "exists",
                db -> db.select(M.ID).from(M).whereExists(selectOne().from(B).where(B.MEMBER_ID.eq(M.ID))));
        shape(
                "not exists",
                db -> db.select(M.ID)
                        .from(M)
                        .where(notExists(selectOne().from(B).where(B.MEMBER_ID.eq(M.ID)))));
        shape(
                "exists in SELECT",
                db -> db.select(M.ID, exists(selectOne().from(B).where(B.MEMBER_ID.eq(M.ID))))
                        .from(M));
        shape(
                "in",
                db -> db.select(M.ID).from(M).where(M.ID.in(select(B.MEMBER_ID).from(B))));
        shape(
                "row in",
                db -> db.select(M.ID)
                        .from(M)
                        .where(row(M.ID, M.NAME)
                                .in(select(R.REFERRER_ID, R.NAME).from(R))));
    }

    private void quantifiers() {
        shape(
                "any and all",
                db -> db.select(B.ID)
                        .from(B)
                        .where(B.PRICE
                                .gt(any(select(C.RATE).from(C)))
                                .and(B.PRICE.le(all(select(C.RATE.plus(20)).from(C))))));
        shape(
                "quantified like",
                db -> db.select(C.ID)
                        .from(C)
                        .where(C.NAME.like(any(select(B.NOTE).from(B)))));
        shape(
                "case with subquery",
                db -> db.select(when(exists(selectOne().from(B).where(B.PRICE.gt(70))), 1)
                        .otherwise(0)));
    }

    private void namesAtSeveralLevels() {
        shape(
                "same alias at several levels",
                db -> db.select(B.ID)
                        .from(B)
                        .where(B.ID.in(select(MEMBER.as("b").ID).from(MEMBER.as("b")))));
        shape(
                "alias that is another table's name",
                db -> db.select(BOOKING.as("member").ID)
                        .from(BOOKING.as("member"))
                        .join(MEMBER.as("booking"))
                        .on(BOOKING.as("member").MEMBER_ID.eq(MEMBER.as("booking").ID)));
    }

    private void unions() {
        rewritten("UNION, INTERSECT, EXCEPT, nested", "in each branch");
        shape(
                "union",
                db -> db.select(BOOKING.ID)
                        .from(BOOKING)
                        .union(select(COURT.RATE).from(COURT)));
        shape(
                "union all, ordered and limited",
                db -> db.select(BOOKING.ID.as("n"))
                        .from(BOOKING)
                        .unionAll(select(COURT.RATE).from(COURT))
                        .orderBy(1)
                        .limit(7));
        shape(
                "intersect and except",
                db -> db.select(M.ID)
                        .from(M)
                        .intersect(select(B.MEMBER_ID).from(B))
                        .except(select(R.REFERRER_ID).from(R)));
        shape(
                "nested union",
                db -> db.select(M.ID)
                        .from(M)
                        .union(select(B.ID).from(B).exceptAll(select(R.ID).from(R))));
        shape(
                "union in a derived table",
                db -> db.select(count())
                        .from(select(M.ID)
                                .from(M)
                                .unionAll(select(B.ID).from(B))
                                .asTable("u")));
    }
}
