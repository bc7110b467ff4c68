package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.MAINTENANCE;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static dev.boundary.jooq.clubs.Tables.TEMPLATE;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.sequence;

import dev.boundary.jooq.clubs.tables.daos.CourtDao;
import dev.boundary.jooq.clubs.tables.daos.MaintenanceDao;
import dev.boundary.jooq.clubs.tables.daos.MemberDao;
import dev.boundary.jooq.clubs.tables.pojos.Court;
import dev.boundary.jooq.clubs.tables.pojos.Maintenance;
import dev.boundary.jooq.clubs.tables.pojos.Member;
import dev.boundary.jooq.clubs.tables.records.BookingRecord;
import dev.boundary.jooq.clubs.tables.records.CourtRecord;
import dev.boundary.jooq.clubs.tables.records.MaintenanceRecord;
import dev.boundary.jooq.clubs.tables.records.MemberRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Loader;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.SQLDataType;

/** Calls that make statements of their own: convenience methods, records, DAOs, batches, the loader. */
final class CallShapes extends ShapeGroup {

    CallShapes() {
        counts();
        fetches();
        records();
        daos();
        batches();
        loader();
        sequences();
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

    private void fetches() {
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

    private void records() {
        rewritten("records: `store`, `insert`, `update`, `merge`, `delete`, `refresh`", "as the statements above");
        shape("record.store, new", (db, ids) -> {
            BookingRecord booking = db.newRecord(BOOKING);
            booking.setId(900);
            booking.setCourtId(ids.court(1));
            return booking.store() + " " + booking.getPrice();
        });
        shape("record.store, fetched", db -> {
            MemberRecord member = db.fetchSingle(MEMBER, MEMBER.ID.eq(1));
            member.setName("changed");
            return member.store();
        });
        shape("record.update", db -> {
            MemberRecord member = db.fetchSingle(MEMBER, MEMBER.ID.eq(1));
            member.setName("changed");
            return member.update(MEMBER.NAME);
        });
        shape("record.delete", db -> db.fetchSingle(BOOKING, BOOKING.ID.eq(1)).delete());
        shape("record.refresh", db -> {
            MemberRecord member = db.fetchSingle(MEMBER, MEMBER.ID.eq(1));
            member.setName("forgotten");
            member.refresh();
            return member;
        });
        shape("record.merge, new and old", (db, ids) -> {
            MemberRecord member = db.newRecord(MEMBER);
            member.setTenantId(ids.uuid());
            member.setId(1);
            member.setName("changed");
            MemberRecord other = db.newRecord(MEMBER);
            other.setTenantId(ids.uuid());
            other.setId(900);
            other.setName("new");
            return member.merge() + " " + other.merge();
        });
        shape("record of a child", (db, ids) -> {
            MaintenanceRecord maintenance = db.newRecord(MAINTENANCE);
            maintenance.setId(90000 + ids.tenant());
            maintenance.setCourtId(ids.court(1));
            maintenance.setLabel("new");
            maintenance.setCost(1);
            maintenance.store();
            maintenance.setCost(2);
            maintenance.store();
            maintenance.setCourtId(ids.court(2));
            return maintenance.update();
        });
        shape("record of a mixed table", (db, ids) -> {
            var template = db.newRecord(TEMPLATE);
            template.setId(900 + ids.tenant());
            template.setName("new");
            template.store();
            template.setBody("changed");
            return template.store();
        });
        shape("a shared record cannot be changed", db -> {
            var template = db.fetchSingle(TEMPLATE, TEMPLATE.ID.eq(1));
            template.setBody("changed");
            return template.update() + " " + db.fetchSingle(TEMPLATE, TEMPLATE.ID.eq(1));
        });
        shape("children of a record", db -> {
            CourtRecord court = db.selectFrom(COURT).orderBy(COURT.ID).limit(1).fetchSingle();
            return db.fetch(BOOKING, BOOKING.COURT_ID.eq(court.getId()));
        });
        shape("executeInsert, executeUpdate, executeDelete", (db, ids) -> {
            CourtRecord court = new CourtRecord();
            court.setId(9000 + ids.tenant());
            court.setName("new");
            court.setRate(1);
            int inserted = db.executeInsert(court);
            court.setRate(2);
            CourtRecord changes = new CourtRecord();
            changes.setRate(3);
            return inserted + " " + db.executeUpdate(changes, COURT.RATE.gt(10)) + " "
                    + db.executeDelete(court, COURT.ID.eq(9000 + ids.tenant()));
        });
        shape("a record as values", (db, ids) -> {
            CourtRecord court = new CourtRecord();
            court.setId(9000 + ids.tenant());
            court.setName("new");
            court.setRate(1);
            return db.insertInto(COURT).set(court).returning().fetch();
        });
    }

    private void daos() {
        rewritten("DAOs", "as the statements above");
        shape("dao.insert", (db, ids) -> {
            new CourtDao(db.configuration()).insert(court(9000 + ids.tenant(), "new"));
            return db.fetch(COURT);
        });
        shape("dao.insert of several", (db, ids) -> {
            new CourtDao(db.configuration())
                    .insert(court(9000 + ids.tenant(), "new"), court(9010 + ids.tenant(), "newer"));
            return db.fetch(COURT);
        });
        shape("dao.update", (db, ids) -> {
            CourtDao dao = new CourtDao(db.configuration());
            Court court = dao.fetchOneById(ids.court(1));
            court.setRate(99);
            dao.update(court);
            return dao.findById(ids.court(1)) + " " + dao.findById(ids.foreignCourt(1));
        });
        shape("dao.update of several, the tenant among their columns", db -> {
            CourtDao dao = new CourtDao(db.configuration());
            List<Court> courts = dao.findAll();
            courts.forEach(court -> court.setSurface("grass"));
            dao.update(courts);
            return dao.fetchBySurface("grass").size();
        });
        shape("dao.update of several", db -> {
            MemberDao dao = new MemberDao(db.configuration());
            List<Member> members = dao.findAll();
            members.forEach(member -> member.setCity("Basel"));
            dao.update(members);
            return dao.fetchByCity("Basel").size();
        });
        shape("dao.update of several in a batch, the tenant among their columns", db -> {
            CourtDao dao =
                    new CourtDao(db.configuration().deriveSettings(settings -> settings.withReturnRecordToPojo(false)));
            List<Court> courts = dao.findAll();
            courts.forEach(court -> court.setSurface("grass"));
            dao.update(courts);
            return dao.fetchBySurface("grass").size();
        });
        shape("dao.merge", (db, ids) -> {
            MemberDao dao = new MemberDao(db.configuration());
            Member member = dao.fetchById(1).getFirst();
            member.setName("changed");
            dao.merge(member);
            return dao.findAll().size();
        });
        shape("dao.delete", db -> {
            var dao = new dev.boundary.jooq.clubs.tables.daos.PartDao(db.configuration());
            dao.delete(dao.fetchByName("Part 1").getFirst());
            return dao.count();
        });
        shape("dao.delete of several", db -> {
            var dao = new dev.boundary.jooq.clubs.tables.daos.BookingDao(db.configuration());
            dao.delete(dao.fetchByStatus("paid"));
            return dao.count();
        });
        shape("dao.deleteById, of a foreign row too", (db, ids) -> {
            var dao = new dev.boundary.jooq.clubs.tables.daos.TemplateDao(db.configuration());
            dao.deleteById(ids.tenant() * 10 + 1, ids.tenant() % Oracle.TENANTS * 10 + 11);
            return dao.count();
        });
        shape("dao.exists, existsById, count, fetchRange", (db, ids) -> {
            CourtDao dao = new CourtDao(db.configuration());
            return dao.exists(court(ids.court(1), "x")) + " " + dao.existsById(ids.foreignCourt(1)) + " " + dao.count()
                    + " " + dao.fetchRangeOfRate(10, 20).size() + dao.fetchOptionalById(ids.foreignCourt(1));
        });
        shape("dao of a child", (db, ids) -> {
            MaintenanceDao dao = new MaintenanceDao(db.configuration());
            dao.insert(new Maintenance(90000 + ids.tenant(), ids.court(1), "new", 1));
            return dao.fetchByCourtId(ids.court(1), ids.foreignCourt(1)).size() + " " + dao.count();
        });
    }

    private static Court court(int id, String name) {
        return new Court(id, null, name, "clay", 10);
    }

    private void batches() {
        rewritten(
                "batches: `batch(queries)`, `batch(query).bind(...)`, `batchInsert`, `batchStore` and similar",
                "as a literal; see the notes below");
        shape(
                "batch of statements",
                db -> db.batch(
                                db.update(BOOKING).set(BOOKING.PRICE, 1).where(BOOKING.ID.eq(1)),
                                db.deleteFrom(BOOKING).where(BOOKING.ID.gt(4)))
                        .execute());
        shape(
                "batch with bind values",
                db -> db.batch(db.update(MEMBER).set(MEMBER.NAME, "").where(MEMBER.ID.eq(0)))
                        .bind("first", 1)
                        .bind("sixth", 6)
                        .execute());
        shape(
                "batch of inserts with bind values",
                (db, ids) -> db.batch(db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                                .values(0, 0))
                        .bind(900, ids.court(1))
                        .bind(901, ids.court(2))
                        .execute());
        shape("batchInsert, batchUpdate, batchDelete", db -> {
            List<MemberRecord> members = Stream.of(900, 901)
                    .map(id -> {
                        MemberRecord member = db.newRecord(MEMBER);
                        member.setId(id);
                        member.setName("new " + id);
                        return member;
                    })
                    .toList();
            int inserted = db.batchInsert(members).execute().length;
            Result<MemberRecord> fetched = db.fetch(MEMBER, MEMBER.ID.le(1).or(MEMBER.ID.eq(900)));
            fetched.forEach(member -> member.setCity("Basel"));
            return inserted + " " + List.of(db.batchUpdate(fetched).execute().length)
                    + db.batchDelete(db.fetch(MEMBER, MEMBER.ID.eq(901))).execute().length;
        });
        shape("batchUpdate, batchStore and batchMerge of records with all their columns", db -> {
            Result<CourtRecord> courts = db.fetch(COURT);
            courts.forEach(court -> {
                court.setSurface("grass");
                court.touched(true);
                court.touched(COURT.ID, false);
            });
            int updated = db.batchUpdate(courts).execute().length;
            courts.forEach(court -> {
                court.touched(true);
                court.touched(COURT.ID, false);
            });
            int stored = db.batchStore(courts).execute().length;
            Result<MemberRecord> members = db.fetch(MEMBER);
            members.forEach(member -> member.touched(true));
            return updated + " " + stored + " " + db.batchMerge(members).execute().length;
        });
        shape("batchStore and batchMerge", (db, ids) -> {
            MemberRecord member = db.newRecord(MEMBER);
            member.setTenantId(ids.uuid());
            member.setId(900);
            member.setName("new");
            MemberRecord old = db.fetchSingle(MEMBER, MEMBER.ID.eq(1));
            old.setName("changed");
            int stored = db.batchStore(member, old).execute().length;
            old.setName("changed again");
            old.touched(true);
            return stored + " " + db.batchMerge(old).execute().length;
        });
    }

    private void loader() {
        rewritten("the loader", "as INSERT");
        shape(
                "loadInto, CSV in batches",
                db -> processed(load(() -> db.loadInto(MEMBER)
                        .batchAfter(2)
                        .loadCSV("900;K\n901;L\n902;M\n")
                        .fields(MEMBER.ID, MEMBER.NAME)
                        .separator(';')
                        .ignoreRows(0)
                        .execute())));
        shape(
                "loadInto, rows, duplicates updated",
                (db, ids) -> processed(load(() -> db.loadInto(BOOKING)
                        .onDuplicateKeyUpdate()
                        .loadArrays(
                                new Object[] {ids.uuid(), 1, ids.court(1)},
                                new Object[] {ids.uuid(), 900, ids.court(2)},
                                new Object[] {ids.uuid(), 901, ids.court(2)})
                        .fields(BOOKING.TENANT_ID, BOOKING.ID, BOOKING.COURT_ID)
                        .execute())));
        shape(
                "loadInto, records, duplicates ignored",
                db -> processed(load(() -> db.loadInto(MEMBER)
                        .onDuplicateKeyIgnore()
                        .onErrorAbort()
                        .loadRecords(db.fetch(MEMBER))
                        .fields(MEMBER.TENANT_ID, MEMBER.ID, MEMBER.NAME)
                        .execute())));
        shape(
                "loadInto, JSON",
                db -> processed(load(() -> db.loadInto(MEMBER)
                        .loadJSON(
                                "{\"fields\":[{\"name\":\"id\"},{\"name\":\"name\"}],\"records\":[[900,\"K\"],[901,\"L\"]]}")
                        .fields(MEMBER.ID, MEMBER.NAME)
                        .execute())));
    }

    private interface Loading {
        Loader<? extends Record> execute() throws IOException;
    }

    private static Loader<? extends Record> load(Loading loading) {
        try {
            return loading.execute();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String processed(Loader<? extends Record> loader) {
        loader.errors().forEach(error -> {
            throw error.exception();
        });
        return loader.processed() + " " + loader.stored();
    }

    private void sequences() {
        untouched("sequences", "`nextval` and `currval` read no rows");
        shape(
                "nextval",
                (DSLContext db) -> db.nextval(sequence(name("app", "booking_number"), SQLDataType.BIGINT)) != null);
        shape(
                "nextvals",
                (DSLContext db) -> db.nextvals(sequence(name("app", "booking_number"), SQLDataType.BIGINT), 3)
                        .size());
        shape(
                "sequence in a statement",
                db -> db.select(
                                BOOKING.ID,
                                sequence(name("app", "booking_number"), SQLDataType.BIGINT)
                                        .nextval()
                                        .isNotNull())
                        .from(BOOKING));
    }
}
