package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static dev.boundary.jooq.clubs.Tables.TEMPLATE;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.boundary.jooq.clubs.tables.Booking;
import dev.boundary.jooq.clubs.tables.Court;
import dev.boundary.jooq.clubs.tables.Member;

/** UPDATE, DELETE and MERGE. */
final class ChangeShapes extends ShapeGroup {
    private static final Booking B = BOOKING.as("b");
    private static final Court C = COURT.as("c");
    private static final Member M = MEMBER.as("m");
    private static final Member R = MEMBER.as("r");

    ChangeShapes() {
        updates();
        updatesWithConditions();
        updatesFrom();
        deletes();
        changesOfJoins();
        deletesUsing();
        merges();
        mergesWithConditions();
    }

    private void updates() {
        rewritten("UPDATE, row assignments, subqueries, LIMIT, RETURNING", "in the WHERE");
        shape("update", db -> db.update(BOOKING).set(BOOKING.PRICE, 3).where(BOOKING.STATUS.eq("open")));
        shape("update everything", db -> db.update(BOOKING).set(BOOKING.PRICE, BOOKING.PRICE.plus(1)));
        shape("update alias", db -> db.update(B).set(B.PRICE, 3).where(B.ID.eq(2)));
        shape("update returning", db -> db.update(BOOKING).set(BOOKING.PRICE, 3).returning(BOOKING.ID, BOOKING.PRICE));
        shape("update row", db -> db.update(BOOKING).set(row(BOOKING.PRICE, BOOKING.NOTE), row(val(1), val("a"))));
        shape(
                "update row from SELECT",
                db -> db.update(BOOKING)
                        .set(
                                row(BOOKING.PRICE, BOOKING.NOTE),
                                select(max(C.RATE), max(C.NAME)).from(C)));
        shape(
                "update from subquery",
                db -> db.update(BOOKING)
                        .set(BOOKING.PRICE, select(C.RATE).from(C).where(C.ID.eq(BOOKING.COURT_ID))));
        shape(
                "update with order and limit",
                db -> db.update(BOOKING)
                        .set(BOOKING.PRICE, 0)
                        .orderBy(BOOKING.ID.desc())
                        .limit(2));
    }

    private void updatesWithConditions() {
        shape(
                "update where exists",
                db -> db.update(BOOKING)
                        .set(BOOKING.PRICE, 0)
                        .where(exists(
                                selectOne().from(M).where(M.ID.eq(BOOKING.ID).and(M.CITY.isNotNull())))));
        shape(
                "update of a table with condition",
                db -> db.update(BOOKING.where(BOOKING.PRICE.gt(10))).set(BOOKING.PRICE, 1));
        shape(
                "with ... update",
                db -> db.with("q")
                        .as(select(max(C.RATE).as("r")).from(C))
                        .update(BOOKING)
                        .set(
                                BOOKING.PRICE,
                                field(select(field(name("q", "r"), Integer.class))
                                        .from(table(name("q"))))));
    }

    private void updatesFrom() {
        rewritten("UPDATE FROM, UPDATE with inner join", "in the WHERE, for target and sources");
        shape(
                "update ... from",
                db -> db.update(BOOKING).set(BOOKING.PRICE, C.RATE).from(C).where(BOOKING.COURT_ID.eq(C.ID)));
        shape(
                "update ... from, joined by a business value",
                db -> db.update(BOOKING).set(BOOKING.NOTE, M.NAME).from(M).where(BOOKING.ID.eq(M.ID)));
        shape(
                "update ... from a left join",
                db -> db.update(BOOKING)
                        .set(BOOKING.NOTE, coalesce(R.NAME, "nobody"))
                        .from(M.leftJoin(R).on(M.REFERRER_ID.eq(R.ID)))
                        .where(BOOKING.MEMBER_ID.eq(M.ID)));
        shape(
                "update with join",
                db -> db.update(BOOKING.join(C).on(BOOKING.COURT_ID.eq(C.ID))).set(BOOKING.PRICE, C.RATE));
    }

    private void deletes() {
        rewritten("DELETE, LIMIT, RETURNING", "in the WHERE");
        shape("delete", db -> db.deleteFrom(BOOKING).where(BOOKING.STATUS.eq("open")));
        shape("delete everything", db -> db.deleteFrom(BOOKING));
        shape("delete alias", db -> db.deleteFrom(B).where(B.ID.gt(3)));
        shape(
                "delete returning",
                db -> db.deleteFrom(BOOKING).where(BOOKING.ID.lt(3)).returning());
        shape(
                "delete where in",
                db -> db.deleteFrom(BOOKING).where(BOOKING.ID.in(select(M.ID).from(M))));
        shape(
                "delete where not in",
                db -> db.deleteFrom(BOOKING).where(BOOKING.ID.notIn(select(M.ID).from(M))));
        shape(
                "delete with order and limit",
                db -> db.deleteFrom(BOOKING).orderBy(BOOKING.ID).limit(2));
        shape(
                "with ... delete",
                db -> db.with("q")
                        .as(select(M.ID).from(M))
                        .delete(BOOKING)
                        .where(BOOKING.ID.in(
                                select(field(name("q", "id"), Integer.class)).from(table(name("q"))))));
    }

    private void changesOfJoins() {
        shape(
                "update of a join, with a condition",
                db -> db.update(BOOKING.join(C).on(BOOKING.COURT_ID.eq(C.ID)))
                        .set(BOOKING.PRICE, C.RATE)
                        .where(BOOKING.PRICE.gt(10)));
        shape(
                "update of a cross join",
                db -> db.update(BOOKING.crossJoin(C)).set(BOOKING.PRICE, 7).where(BOOKING.COURT_ID.eq(C.ID)));
        shape(
                "update of a table with a condition",
                db -> db.update(BOOKING.where(BOOKING.PRICE.gt(10))).set(BOOKING.PRICE, 3));
        shape("delete from a table with a condition", db -> db.deleteFrom(BOOKING.where(BOOKING.PRICE.gt(10))));
    }

    private void deletesUsing() {
        rewritten("DELETE USING", "in the WHERE, for target and sources");
        shape(
                "delete using",
                db -> db.deleteFrom(BOOKING).using(M).where(BOOKING.ID.eq(M.ID).and(M.CITY.isNotNull())));
        shape(
                "delete using a left join",
                db -> db.deleteFrom(BOOKING)
                        .using(M.leftJoin(R).on(M.REFERRER_ID.eq(R.ID)))
                        .where(BOOKING.ID.eq(M.ID).and(R.ID.isNull())));
    }

    private void merges() {
        rewritten("MERGE", "in ON, WHEN MATCHED and WHEN NOT MATCHED BY SOURCE; inserted rows as in INSERT");
        shape(
                "merge, update and insert",
                (db, ids) -> db.mergeInto(BOOKING)
                        .using(M)
                        .on(BOOKING.ID.eq(M.ID.plus(5)))
                        .whenMatchedThenUpdate()
                        .set(BOOKING.NOTE, M.NAME)
                        .whenNotMatchedThenInsert(BOOKING.ID, BOOKING.COURT_ID)
                        .values(M.ID.plus(5), val(ids.court(1))));
        shape(
                "merge with the tenant",
                (db, ids) -> db.mergeInto(BOOKING)
                        .using(M)
                        .on(BOOKING.ID.eq(M.ID.plus(5)))
                        .whenNotMatchedThenInsert(BOOKING.TENANT_ID, BOOKING.ID, BOOKING.COURT_ID)
                        .values(M.TENANT_ID, M.ID.plus(5), val(ids.court(1))));
        shape(
                "merge on true, delete",
                db -> db.mergeInto(BOOKING).using(selectOne()).on(inline(true)).whenMatchedThenDelete());
        shape(
                "merge on true, not matched",
                (db, ids) -> db.mergeInto(TEMPLATE)
                        .using(selectOne())
                        .on(TEMPLATE.ID.eq(900 + ids.tenant()))
                        .whenNotMatchedThenInsert(TEMPLATE.ID, TEMPLATE.NAME)
                        .values(900 + ids.tenant(), "new"));
    }

    private void mergesWithConditions() {
        shape(
                "merge with conditions",
                (db, ids) -> db.mergeInto(B)
                        .using(select(M.ID, M.NAME).from(M).asTable("s"))
                        .on(B.ID.eq(field(name("s", "id"), Integer.class)))
                        .whenMatchedAnd(B.PRICE.gt(10))
                        .thenUpdate()
                        .set(B.PRICE, 0)
                        .whenMatchedThenDelete());
        shape(
                "with ... merge",
                db -> db.with("booking")
                        .as(select(M.ID, M.NAME).from(M))
                        .mergeInto(BOOKING)
                        .using(table(name("booking")).as("q"))
                        .on(BOOKING.ID.eq(field(name("q", "id"), Integer.class)))
                        .whenMatchedThenUpdate()
                        .set(BOOKING.NOTE, field(name("q", "name"), String.class)));
        shape(
                "merge, rows without a source",
                db -> db.mergeInto(BOOKING)
                        .using(M)
                        .on(BOOKING.MEMBER_ID.eq(M.ID).and(BOOKING.ID.eq(M.ID)))
                        .whenMatchedThenUpdate()
                        .set(BOOKING.NOTE, M.NAME)
                        .whenNotMatchedBySourceAnd(BOOKING.PRICE.gt(20))
                        .thenUpdate()
                        .set(BOOKING.NOTE, "nobody's")
                        .whenNotMatchedBySource()
                        .thenDelete());
    }
}
