package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.noCondition;

import dev.boundary.jooq.clubs.tables.pojos.Member;
import dev.boundary.jooq.clubs.tables.records.BookingRecord;
import dev.boundary.jooq.clubs.tables.records.MemberRecord;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Cursor;

/** Calls that create SELECTs of their own: counts, and convenience methods that fetch. */
final class CallShapes extends ShapeGroup {

    CallShapes() {
        counts();
        countsOfQueries();
        exists();
        explained();
        fetches();
        fetchesByOtherMeans();
    }

    private void counts() {
        rewritten(
                "`fetchCount`, `fetchExists`, `fetchValue`, `fetchSingle` and similar; `explain`",
                "as the SELECT, or the explained statement");
        shape("fetchCount(table, condition)", db -> db.fetchCount(BOOKING, BOOKING.PRICE.gt(10)));
        shape("fetchCount(table)", db -> db.fetchCount(BOOKING));
        shape("fetchCount(table, no condition)", db -> db.fetchCount(BOOKING, noCondition()));
        shape("fetchCount(table, conditions)", db -> db.fetchCount(BOOKING, BOOKING.PRICE.gt(10), BOOKING.ID.gt(1)));
        shape(
                "fetchCount(table, list of conditions)",
                db -> db.fetchCount(BOOKING, List.of(BOOKING.PRICE.gt(10), BOOKING.ID.gt(1))));
        shape("fetchCount(alias, condition)", db -> {
            var b = BOOKING.as("b");
            return db.fetchCount(b, b.PRICE.gt(10));
        });
        shape("fetchCount(query)", db -> db.fetchCount(db.selectFrom(BOOKING)));
    }

    private void countsOfQueries() {
        shape(
                "fetchCount(query with condition and limit)",
                db -> db.fetchCount(db.select(BOOKING.ID)
                        .from(BOOKING)
                        .where(BOOKING.PRICE.gt(10))
                        .orderBy(BOOKING.ID)
                        .limit(3)));
        shape(
                "fetchCount(join)",
                db -> db.fetchCount(db.select(BOOKING.ID, MEMBER.ID)
                        .from(BOOKING)
                        .leftJoin(MEMBER)
                        .on(BOOKING.MEMBER_ID.eq(MEMBER.ID))));
        shape(
                "fetchCount(union)",
                db -> db.fetchCount(db.select(BOOKING.ID)
                        .from(BOOKING)
                        .union(db.select(MEMBER.ID).from(MEMBER))));
        shape(
                "fetchCount(grouped)",
                db -> db.fetchCount(
                        db.select(BOOKING.STATUS, count()).from(BOOKING).groupBy(BOOKING.STATUS)));
    }

    private void exists() {
        shape("fetchExists(table)", db -> db.fetchExists(BOOKING));
        shape("fetchExists(table, condition)", db -> db.fetchExists(BOOKING, BOOKING.PRICE.eq(50)));
        shape(
                "fetchExists(query)",
                db -> db.fetchExists(db.selectOne().from(BOOKING).where(BOOKING.PRICE.eq(50))));
        shape(
                "fetchExists of an own key",
                (db, ids) -> db.fetchExists(COURT, COURT.ID.eq(ids.foreignCourt(1))) + ""
                        + db.fetchExists(COURT, COURT.ID.eq(ids.court(1))));
    }

    private void explained() {
        shape(
                "explain of a query and of statements",
                db -> db.explain(db.selectFrom(BOOKING).where(BOOKING.PRICE.gt(10)))
                                .plan()
                                .isEmpty()
                        + ""
                        + db.explain(db.deleteFrom(BOOKING)).plan().isEmpty()
                        + db.explain(db.update(BOOKING).set(BOOKING.PRICE, 1).returning())
                                .plan()
                                .isEmpty());
    }

    private void fetches() {
        shape("fetchValue(query)", db -> db.fetchValue(db.select(count()).from(BOOKING)));
        shape("fetchValue(column, condition)", db -> db.fetchValue(MEMBER.NAME, MEMBER.ID.eq(2)));
        shape(
                "fetchValue(subquery)",
                db -> db.fetchValue(org.jooq.impl.DSL.field(db.select(count()).from(BOOKING))));
        shape("fetchValues(column)", db -> db.fetchValues(MEMBER.NAME));
        shape("fetchValues(column, condition)", db -> db.fetchValues(MEMBER.NAME, MEMBER.CITY.isNotNull()));
        shape("fetch(table)", db -> db.fetch(MEMBER));
        shape("fetch(table, condition)", db -> db.fetch(MEMBER, MEMBER.CITY.isNotNull()));
        shape("fetchOne(table, condition)", db -> db.fetchOne(MEMBER, MEMBER.ID.eq(1)));
        shape("fetchSingle(table, condition)", db -> db.fetchSingle(MEMBER, MEMBER.ID.eq(1)));
        shape(
                "fetchSingle(columns)",
                db -> db.fetchSingle(
                        org.jooq.impl.DSL.field(db.select(count()).from(BOOKING)), org.jooq.impl.DSL.inline(1)));
        shape(
                "fetchOptional(table, condition)",
                db -> db.fetchOptional(MEMBER, MEMBER.ID.eq(1)).orElseThrow());
        shape("fetchAny(table, condition)", db -> db.fetchAny(MEMBER, MEMBER.ID.eq(1)));
    }

    private void fetchesByOtherMeans() {
        shape("fetchByExample", db -> {
            BookingRecord example = new BookingRecord();
            example.setStatus("open");
            return db.fetchByExample(example);
        });
        shape("fetchStream(table)", db -> {
            try (Stream<MemberRecord> rows = db.fetchStream(MEMBER)) {
                return rows.map(MemberRecord::getName).toList();
            }
        });
        shape("fetchLazy(table, condition)", db -> {
            try (Cursor<MemberRecord> rows = db.fetchLazy(MEMBER, MEMBER.CITY.isNotNull())) {
                return rows.fetch();
            }
        });
        shape(
                "fetchMap, fetchGroups, fetchInto",
                db -> db.fetchMap(db.select(MEMBER.ID, MEMBER.NAME).from(MEMBER))
                                .toString()
                        + db.selectFrom(MEMBER).fetchGroups(MEMBER.CITY, MEMBER.ID)
                        + db.selectFrom(MEMBER).fetchInto(Member.class));
        shape(
                "fetchOneInto of a path",
                db -> db.select(BOOKING.court().NAME)
                        .from(BOOKING)
                        .where(BOOKING.ID.eq(1))
                        .fetchOneInto(String.class));
        shape("Iterable and stream of a query", db -> {
            StringBuilder names = new StringBuilder();
            db.selectFrom(COURT).orderBy(COURT.ID).forEach(court -> names.append(court.getName()));
            return names + ""
                    + db.select(COURT.RATE).from(COURT).stream()
                            .mapToInt(row -> row.value1())
                            .sum();
        });
    }
}
