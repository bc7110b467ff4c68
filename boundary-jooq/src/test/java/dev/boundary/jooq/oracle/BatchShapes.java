package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.sequence;

import dev.boundary.jooq.clubs.tables.records.CourtRecord;
import dev.boundary.jooq.clubs.tables.records.MemberRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Loader;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.SQLDataType;

/** Batches, the loader and sequences. */
final class BatchShapes extends ShapeGroup {

    BatchShapes() {
        batches();
        batchesOfRecords();
        storedBatches();
        loader();
        sequences();
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
    }

    private void batchesOfRecords() {
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
    }

    private void storedBatches() {
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
}
