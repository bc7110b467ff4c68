package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.MAINTENANCE;
import static dev.boundary.jooq.clubs.Tables.PART;
import static dev.boundary.jooq.clubs.Tables.TEMPLATE;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.boundary.jooq.clubs.tables.Booking;
import dev.boundary.jooq.clubs.tables.Court;
import dev.boundary.jooq.clubs.tables.Template;
import dev.boundary.jooq.clubs.tables.records.TemplateRecord;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.conf.RenderTable;

/** Values that get their type, or their tenant, from the column that they are written into. */
final class WrittenValueShapes extends ShapeGroup {

    private static final Booking B = BOOKING.as("b");
    private static final Court C = COURT.as("c");
    private static final Template T = TEMPLATE.as("t");

    WrittenValueShapes() {
        constantsWithoutType();
        ownTenantAsText();
        ownRowsOfMixed();
        copiesOfSharedRows();
        batches();
        changedTenant();
        merges();
    }

    private void constantsWithoutType() {
        rewritten("untyped constants in INSERT ... SELECT", "cast to the type of their column");
        shape(
                "literals for numbers",
                db -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID, BOOKING.PRICE)
                        .select(select(inline(900), C.ID, field(inline("12")).coerce(Integer.class))
                                .from(C)
                                .orderBy(C.ID)
                                .limit(1)));
        shape(
                "NULL for a number",
                db -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID, BOOKING.MEMBER_ID)
                        .select(select(C.ID.plus(900), C.ID, inline((Integer) null))
                                .from(C)));
        shape(
                "literals for a child",
                (db, ids) -> db.insertInto(
                                MAINTENANCE, MAINTENANCE.ID, MAINTENANCE.COURT_ID, MAINTENANCE.LABEL, MAINTENANCE.COST)
                        .select(select(
                                        C.ID.plus(9000),
                                        C.ID,
                                        inline("x"),
                                        inline("7").coerce(Integer.class))
                                .from(C)));
        shape(
                "a text that is too long for nothing",
                db -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID, BOOKING.NOTE)
                        .select(select(C.ID.plus(900), C.ID, inline("a note")).from(C)));
        shape(
                "literals in a union",
                db -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID, BOOKING.PRICE)
                        .select(select(C.ID.plus(900), C.ID, inline(1))
                                .from(C)
                                .unionAll(select(C.ID.plus(1900), C.ID, coalesce(inline((Integer) null), inline(2)))
                                        .from(C))));
    }

    private void ownTenantAsText() {
        shape(
                "the tenant as a text without a type",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.TENANT_ID, BOOKING.ID, BOOKING.COURT_ID)
                        .select(select(inline(ids.uuid().toString()).coerce(UUID.class), C.ID.plus(900), C.ID)
                                .from(C)));
        shape(
                "the tenant as a value",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.TENANT_ID, BOOKING.ID, BOOKING.COURT_ID)
                        .select(select(val(ids.uuid()), C.ID.plus(900), C.ID).from(C)));
    }

    private void ownRowsOfMixed() {
        rewritten("rows of a MIXED table that name their tenant", "the tenant is checked as it is written");
        shape(
                "insert into mixed with the tenant",
                (db, ids) -> db.insertInto(TEMPLATE, TEMPLATE.ID, TEMPLATE.TENANT_ID, TEMPLATE.NAME)
                        .values(900 + ids.tenant(), ids.uuid(), "own"));
        shape(
                "insert into mixed with a computed tenant",
                (db, ids) -> db.insertInto(TEMPLATE, TEMPLATE.ID, TEMPLATE.TENANT_ID, TEMPLATE.NAME)
                        .values(
                                val(900 + ids.tenant()),
                                field(select(C.TENANT_ID).from(C).limit(1)),
                                val("own")));
    }

    private void copiesOfSharedRows() {
        shape(
                "own copies of shared rows",
                (db, ids) -> db.insertInto(TEMPLATE, TEMPLATE.ID, TEMPLATE.TENANT_ID, TEMPLATE.NAME)
                        .select(select(T.ID.plus(900 + 100 * ids.tenant()), val(ids.uuid()), T.NAME)
                                .from(T)
                                .where(T.TENANT_ID.isNull())));
        shape(
                "own copies of own rows",
                (db, ids) -> db.insertInto(TEMPLATE, TEMPLATE.ID, TEMPLATE.TENANT_ID, TEMPLATE.NAME)
                        .select(select(T.ID.plus(900 + 100 * ids.tenant()), T.TENANT_ID, T.NAME)
                                .from(T)
                                .where(T.TENANT_ID.isNotNull())));
    }

    private static TemplateRecord template(DSLContext db, int id, UUID tenant) {
        TemplateRecord template = db.newRecord(TEMPLATE);
        template.setId(id);
        template.setTenantId(tenant);
        template.setName("own");
        return template;
    }

    private void batches() {
        shape(
                "batchInsert of records of a mixed table with their tenant",
                (db, ids) -> db.batchInsert(Stream.of(1, 2, 3)
                                .map(i -> template(db, 900 + 10 * ids.tenant() + i, ids.uuid()))
                                .toList())
                        .execute()
                        .length);
        shape(
                "batch of bound rows of a mixed table with their tenant",
                (db, ids) -> db.batch(db.insertInto(TEMPLATE, TEMPLATE.ID, TEMPLATE.TENANT_ID, TEMPLATE.NAME)
                                .values((Integer) null, null, null))
                        .bind(901 + 10 * ids.tenant(), ids.uuid(), "one")
                        .bind(902 + 10 * ids.tenant(), ids.uuid(), "two")
                        .execute()
                        .length);
        shape("an empty batch", db -> db.batch(List.of()).execute().length);
    }

    private void changedTenant() {
        shape(
                "update of a mixed table to the same tenant",
                (db, ids) ->
                        db.update(TEMPLATE).set(TEMPLATE.TENANT_ID, ids.uuid()).set(TEMPLATE.NAME, "changed"));
        refused("rows of a MIXED table that name another tenant", "write them in the scope of that tenant");
        shape(
                "a batch that binds another tenant",
                (db, ids) -> db.batch(db.insertInto(TEMPLATE, TEMPLATE.ID, TEMPLATE.TENANT_ID, TEMPLATE.NAME)
                                .values((Integer) null, null, null))
                        .bind(901, ids.uuid(), "one")
                        .bind(902, ids.foreignUuid(), "two")
                        .execute()
                        .length);
        shape(
                "batchInsert of a record of another tenant",
                (db, ids) -> db.batchInsert(template(db, 901, ids.uuid()), template(db, 902, ids.foreignUuid()))
                        .execute()
                        .length);
        shape(
                "copies with another tenant",
                (db, ids) -> db.insertInto(TEMPLATE, TEMPLATE.ID, TEMPLATE.TENANT_ID, TEMPLATE.NAME)
                        .select(select(T.ID.plus(900), val(ids.foreignUuid()), T.NAME)
                                .from(T)));
    }

    private void merges() {
        rewritten("MERGE with `renderTable(WHEN_MULTIPLE_TABLES)`", "as without the setting");
        shape(
                "merge into a child, tables named where needed",
                (db, ids) -> new org.jooq.impl.DefaultDSLContext(db.configuration()
                                .deriveSettings(s -> s.withRenderTable(RenderTable.WHEN_MULTIPLE_TABLES)))
                        .mergeInto(PART)
                        .using(C)
                        .on(PART.ID.eq(C.ID))
                        .whenMatchedThenUpdate()
                        .set(PART.NAME, "x")
                        .whenNotMatchedThenInsert(PART.ID, PART.MAINTENANCE_ID, PART.NAME)
                        .values(C.ID.plus(9000), val(ids.maintenance(1)), C.NAME));
        shape(
                "merge with a condition, tables named where needed",
                (db, ids) -> new org.jooq.impl.DefaultDSLContext(db.configuration()
                                .deriveSettings(s -> s.withRenderTable(RenderTable.WHEN_MULTIPLE_TABLES)))
                        .mergeInto(MAINTENANCE)
                        .using(B)
                        .on(MAINTENANCE.COURT_ID.eq(B.COURT_ID).and(B.ID.eq(1)))
                        .whenMatchedAnd(MAINTENANCE.COST.gt(0))
                        .thenUpdate()
                        .set(MAINTENANCE.COST, 1)
                        .whenNotMatchedThenInsert(
                                MAINTENANCE.ID, MAINTENANCE.COURT_ID, MAINTENANCE.LABEL, MAINTENANCE.COST)
                        .values(B.ID.plus(9000 + 100 * ids.tenant()), B.COURT_ID, val("x"), val(2)));
    }
}
