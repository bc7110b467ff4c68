package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.multisetAgg;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.boundary.jooq.clubs.tables.Booking;
import dev.boundary.jooq.clubs.tables.Court;
import dev.boundary.jooq.clubs.tables.Member;

/** Queries whose results are nested: MULTISET, rows and tables as columns. */
final class NestingShapes extends ShapeGroup {
    private static final Booking B = BOOKING.as("b");
    private static final Court C = COURT.as("c");
    private static final Member M = MEMBER.as("m");

    NestingShapes() {
        multisets();
        records();
    }

    private void multisets() {
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
    }

    private void records() {
        shape(
                "nested records",
                db -> db.select(B.ID, row(C.NAME, C.RATE)).from(B).join(C).on(B.COURT_ID.eq(C.ID)));
        shape("a table as a column", db -> db.select(C).from(C));
    }
}
