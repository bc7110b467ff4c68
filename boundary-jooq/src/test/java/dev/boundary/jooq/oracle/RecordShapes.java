package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.MAINTENANCE;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static dev.boundary.jooq.clubs.Tables.TEMPLATE;
import static org.jooq.impl.DSL.name;

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
import java.util.List;

/** Records and DAOs. */
final class RecordShapes extends ShapeGroup {

    RecordShapes() {
        records();
        mergedRecords();
        recordsOfMixedTables();
        recordsOfSeveralKinds();
        daos();
        severalRowsOfDaos();
        mergesAndDeletesOfDaos();
        readsOfDaos();
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
    }

    private void mergedRecords() {
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
    }

    private void recordsOfMixedTables() {
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
    }

    private void recordsOfSeveralKinds() {
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
    }

    private void severalRowsOfDaos() {
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
    }

    private void mergesAndDeletesOfDaos() {
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
    }

    private void readsOfDaos() {
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
}
