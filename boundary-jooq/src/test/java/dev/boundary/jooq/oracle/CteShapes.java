package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.MAINTENANCE;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.deleteFrom;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.finalTable;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.mergeInto;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.newTable;
import static org.jooq.impl.DSL.oldTable;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.update;
import static org.jooq.impl.DSL.with;

import dev.boundary.jooq.clubs.tables.Booking;
import dev.boundary.jooq.clubs.tables.Court;
import dev.boundary.jooq.clubs.tables.Member;

/** Common table expressions, and statements whose changed rows are read. */
final class CteShapes extends ShapeGroup {
    private static final Booking B = BOOKING.as("b");
    private static final Court C = COURT.as("c");
    private static final Member M = MEMBER.as("m");
    private static final Member R = MEMBER.as("r");

    CteShapes() {
        ctes();
        severalCtes();
        dataModifyingCtes();
        deltaTables();
        deltaTablesInOtherStatements();
    }

    private void ctes() {
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
    }

    private void severalCtes() {
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
    }

    private void dataModifyingCtes() {
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
    }

    private void deltaTables() {
        rewritten(
                "`finalTable`, `newTable`, `oldTable`",
                "as the statement in it, which jOOQ moves into WITH; in a SELECT only, because jOOQ omits it"
                        + " elsewhere");
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
    }

    private void deltaTablesInOtherStatements() {
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
    }
}
