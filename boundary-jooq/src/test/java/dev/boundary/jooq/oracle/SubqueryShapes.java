package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.MAINTENANCE;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static org.jooq.impl.DSL.all;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.deleteFrom;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.finalTable;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.mergeInto;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.multisetAgg;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.newTable;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.oldTable;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.update;
import static org.jooq.impl.DSL.when;
import static org.jooq.impl.DSL.with;

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
        rewritten("CTE, CTE with the name of a table, recursive CTE", "in the body; a reference is unchanged");
        shape(
                "cte with the name of a table",
                db -> db.with("booking")
                        .as(select(BOOKING.ID).from(BOOKING).where(BOOKING.PRICE.gt(10)))
                        .select(asterisk())
                        .from(table(name("booking"))));
        shape(
                "cte",
                db -> db.with("q")
                        .as(select(B.ID, B.PRICE).from(B))
                        .select(asterisk())
                        .from(table(name("q"))));
        shape(
                "cte whose body reads the table of its name",
                db -> db.with("booking")
                        .as(select(field(name("id"))).from(table(name("booking"))))
                        .select(asterisk())
                        .from(table(name("booking"))));
        shape(
                "two ctes, the second reads the first",
                db -> db.with("p")
                        .as(select(B.ID).from(B))
                        .with("q")
                        .as(select(field(name("p", "id")).as("i"), C.ID).from(table(name("p")), C))
                        .select(asterisk())
                        .from(table(name("q"))));
        shape(
                "materialized cte joined",
                db -> db.with(name("q").asMaterialized(select(B.ID, B.MEMBER_ID).from(B)))
                        .select(M.NAME, field(name("q", "id")))
                        .from(M)
                        .leftJoin(table(name("q")))
                        .on(M.ID.eq(field(name("q", "member_id"), Integer.class))));
        shape(
                "recursive cte",
                db -> db.withRecursive("t", "id", "depth")
                        .as(select(M.ID, inline(0))
                                .from(M)
                                .where(M.REFERRER_ID.isNull())
                                .unionAll(select(
                                                R.ID,
                                                field(name("t", "depth"), Integer.class)
                                                        .plus(1))
                                        .from(R)
                                        .join(table(name("t")))
                                        .on(R.REFERRER_ID.eq(field(name("t", "id"), Integer.class)))))
                        .select(asterisk())
                        .from(table(name("t"))));
        shape(
                "cte in a subquery",
                db -> db.select(
                        field(with("q").as(select(B.ID).from(B)).select(count()).from(table(name("q"))))));
        rewritten("data-modifying CTE", "as the statement in it");
        shape(
                "data-modifying cte",
                db -> db.with("gone")
                        .as(deleteFrom(BOOKING).where(BOOKING.STATUS.eq("paid")).returning(BOOKING.ID))
                        .select(asterisk())
                        .from(table(name("gone"))));
        shape(
                "updating cte",
                db -> db.with("done")
                        .as(update(BOOKING)
                                .set(BOOKING.PRICE, BOOKING.PRICE.plus(1))
                                .returning(BOOKING.ID, BOOKING.PRICE))
                        .select(asterisk())
                        .from(table(name("done"))));
        shape(
                "inserting cte",
                (db, ids) -> db.with("made")
                        .as(insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                                .values(900, ids.court(1))
                                .returning(BOOKING.ID))
                        .select(asterisk())
                        .from(table(name("made"))));
        rewritten(
                "`finalTable`, `newTable`, `oldTable`",
                "as the statement in it, which jOOQ moves into WITH; in a SELECT only, because jOOQ omits it elsewhere");
        shape(
                "final table of an update",
                db -> db.select(asterisk())
                        .from(finalTable(update(BOOKING).set(BOOKING.PRICE, 3).where(BOOKING.STATUS.eq("paid")))));
        shape(
                "final table of an insert",
                (db, ids) -> db.select(asterisk())
                        .from(finalTable(insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                                .values(900, ids.court(1))))
                        .fetch());
        shape(
                "old table of a delete, under an alias",
                db -> db.select(asterisk())
                        .from(oldTable(deleteFrom(BOOKING).where(BOOKING.PRICE.gt(10)))
                                .as("x"))
                        .fetch());
        shape(
                "new table of a merge",
                db -> db.select(asterisk())
                        .from(newTable(mergeInto(BOOKING)
                                .using(M)
                                .on(BOOKING.ID.eq(M.ID))
                                .whenMatchedThenUpdate()
                                .set(BOOKING.NOTE, M.NAME)))
                        .fetch());
        shape(
                "final table of a child",
                db -> db.select(asterisk())
                        .from(finalTable(update(MAINTENANCE).set(MAINTENANCE.COST, 3)))
                        .fetch());
        shape(
                "final table, joined, in another's statement",
                db -> db.select(C.NAME, field(name("x", "id")))
                        .from(C)
                        .join(finalTable(update(BOOKING)
                                        .set(BOOKING.PRICE, field(name("y", "rate"), Integer.class))
                                        .from(finalTable(update(COURT).set(COURT.RATE, COURT.RATE.plus(1)))
                                                .as("y"))
                                        .where(BOOKING.COURT_ID.eq(field(name("y", "id"), Integer.class))))
                                .as("x"))
                        .on(field(name("x", "court_id"), Integer.class).eq(C.ID))
                        .fetch());
        shape(
                "final table in a subquery, with a CTE",
                db -> db.with("q")
                        .as(select(M.ID).from(M))
                        .select(C.NAME)
                        .from(C)
                        .where(C.ID.in(select(field(name("x", "court_id"), Integer.class))
                                .from(finalTable(update(BOOKING).set(BOOKING.PRICE, 3))
                                        .as("x"))
                                .where(field(name("x", "member_id"), Integer.class)
                                        .in(select(field(name("q", "id"), Integer.class))
                                                .from(table(name("q"))))))));
        rewritten("MULTISET, nested records, `select(table)`", "in the inner query");
        shape(
                "multiset",
                db -> db.select(
                                C.ID,
                                multiset(select(B.ID, B.NOTE)
                                        .from(B)
                                        .where(B.COURT_ID.eq(C.ID))
                                        .orderBy(B.ID)))
                        .from(C));
        shape(
                "nested multiset",
                db -> db.select(
                                C.ID,
                                multiset(select(
                                                B.ID,
                                                multiset(select(M.NAME).from(M).where(M.ID.eq(B.MEMBER_ID))))
                                        .from(B)
                                        .where(B.COURT_ID.eq(C.ID))
                                        .orderBy(B.ID)))
                        .from(C));
        shape(
                "multisetAgg",
                db -> db.select(B.STATUS, multisetAgg(B.ID).orderBy(B.ID))
                        .from(B)
                        .groupBy(B.STATUS));
        shape(
                "nested records",
                db -> db.select(B.ID, row(C.NAME, C.RATE)).from(B).join(C).on(B.COURT_ID.eq(C.ID)));
        shape("a table as a column", db -> db.select(C).from(C));
    }
}
