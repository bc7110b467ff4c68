package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.CURRENCY;
import static dev.boundary.jooq.clubs.Tables.TEMPLATE;
import static org.jooq.impl.DSL.aggregate;
import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.deleteFrom;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.finalTable;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectFrom;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.unnest;
import static org.jooq.impl.DSL.update;
import static org.jooq.impl.DSL.val;

import dev.boundary.jooq.clubs.Keys;
import dev.boundary.jooq.clubs.tables.Booking;
import dev.boundary.jooq.clubs.tables.Court;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** What no rewriting can make safe. */
final class RefusedShapes extends ShapeGroup {
    private static final Booking B = BOOKING.as("b");
    private static final Court C = COURT.as("c");

    RefusedShapes() {
        plainSql();
        undeclaredTables();
        otherStatements();
        functions();
        foreignTenants();
        changedTenants();
        conflicts();
        globalTables();
        targets();
        routines();
        deltaTables();
    }

    private void plainSql() {
        refused(
                "plain SQL (`fetch(\"...\")`, `table(\"...\")`, `condition(\"...\")`, templates)",
                "use the DSL, or `boundary.rlsOnly(dsl, \"the reason\")`");
        shape("plain SQL query", (db, ids) -> db.resultQuery("select * from app.booking"));
        shape("plain SQL statement", (db, ids) -> db.query("delete from app.booking"));
        shape("plain SQL table", (db, ids) -> db.select().from(table("app.booking")));
        shape("plain SQL condition", (db, ids) -> db.select(C.ID).from(C).where(condition("1 = 1) or (1 = 1")));
        shape("plain SQL field", (db, ids) -> db.select(field("(select string_agg(note, ',') from app.booking)")));
        shape(
                "explain of plain SQL",
                (db, ids) -> db.resultQuery("{explain} {0}", db.query("analyze delete from app.booking")));
        shape("explain that executes", (db, ids) -> db.resultQuery("{explain} {analyze} {0}", db.deleteFrom(BOOKING)));
        shape("table in a template", (db, ids) -> db.select().from(table("{0}", BOOKING)));
        shape("table in a list in a template", (db, ids) -> db.select().from(table("{0}", DSL.list(BOOKING))));
    }

    private void undeclaredTables() {
        refused("an undeclared table", "declare it");
        shape("unknown table", (db, ids) -> db.select().from(table(name("app", "stray"))));
        shape("renamed table", (db, ids) -> db.selectFrom(CURRENCY.rename("stray")));
        refused("PostgreSQL's statistics", "no alternative: they show values of every tenant's rows");
        shape("statistics", (db, ids) -> db.select().from(table(name("pg_catalog", "pg_stats"))));
    }

    private void otherStatements() {
        refused(
                "TRUNCATE, DDL, CREATE TABLE AS, views, SELECT INTO, procedural blocks",
                "a migration, or an unscoped scope");
        shape("truncate", (db, ids) -> db.truncate(BOOKING));
        shape("ddl", (db, ids) -> db.dropTable(BOOKING));
        shape("create table as", (db, ids) -> db.createTable("x").as(selectFrom(BOOKING)));
        shape("create view", (db, ids) -> db.createView("x").as(selectFrom(BOOKING)));
        shape(
                "select into",
                (db, ids) -> db.select(BOOKING.ID).into(table(name("x"))).from(BOOKING));
        shape("procedural block", (db, ids) -> db.begin(deleteFrom(BOOKING)));
    }

    private void functions() {
        refused("functions not known to depend on their arguments only", "`allowFunctions(\"app.price_of\")`");
        shape("function nobody allowed", (db, ids) -> db.select(function(name("app", "everything"), SQLDataType.CLOB)));
        shape(
                "function that runs SQL",
                (db, ids) -> db.select(function(
                        "query_to_xml",
                        SQLDataType.CLOB,
                        val("select * from app.booking"),
                        val(true),
                        val(true),
                        val(""))));
        shape(
                "aggregate nobody allowed",
                (db, ids) -> db.select(aggregate("spy", SQLDataType.CLOB, C.ID)).from(C));
    }

    private void foreignTenants() {
        refused("assigning another tenant's key", "a `CrossTenantException`; leave the column out");
        shape(
                "insert of a foreign tenant",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.TENANT_ID, BOOKING.ID, BOOKING.COURT_ID)
                        .values(ids.foreignUuid(), 900, ids.court(1)));
        shape(
                "second row of a foreign tenant",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.TENANT_ID, BOOKING.ID, BOOKING.COURT_ID)
                        .values(ids.uuid(), 900, ids.court(1))
                        .values(ids.foreignUuid(), 901, ids.court(1)));
        shape(
                "insert of a shared row",
                (db, ids) -> db.insertInto(TEMPLATE, TEMPLATE.ID, TEMPLATE.TENANT_ID, TEMPLATE.NAME)
                        .values(900, null, "x"));
        shape(
                "insert from SELECT with a foreign constant",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.TENANT_ID, BOOKING.ID, BOOKING.COURT_ID)
                        .select(select(val(ids.foreignUuid()), C.ID, C.ID).from(C)));
    }

    private void changedTenants() {
        shape("update of the tenant", (db, ids) -> db.update(BOOKING).set(BOOKING.TENANT_ID, ids.foreignUuid()));
        shape(
                "update of the tenant in a row",
                (db, ids) -> db.update(BOOKING)
                        .set(row(BOOKING.TENANT_ID, BOOKING.NOTE), row(val(ids.foreignUuid()), val("x"))));
        shape(
                "update of the tenant from SELECT",
                (db, ids) -> db.update(BOOKING)
                        .set(row(BOOKING.TENANT_ID, BOOKING.NOTE), select(val(ids.foreignUuid()), val("x"))));
        shape(
                "upsert that changes the tenant",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(1, ids.court(1))
                        .onConflict(BOOKING.TENANT_ID, BOOKING.ID)
                        .doUpdate()
                        .set(BOOKING.TENANT_ID, ids.foreignUuid()));
        shape(
                "merge of a foreign tenant",
                (db, ids) -> db.mergeInto(BOOKING)
                        .usingDual()
                        .on(BOOKING.ID.eq(900))
                        .whenNotMatchedThenInsert(BOOKING.TENANT_ID, BOOKING.ID, BOOKING.COURT_ID)
                        .values(ids.foreignUuid(), 900, ids.court(1)));
        shape(
                "merge that changes the tenant",
                (db, ids) -> db.mergeInto(BOOKING)
                        .usingDual()
                        .on(BOOKING.ID.eq(1))
                        .whenMatchedThenUpdate()
                        .set(BOOKING.TENANT_ID, ids.foreignUuid()));
    }

    private void conflicts() {
        refused(
                "ON CONFLICT on a key without the tenant column",
                "a key with the tenant column: the conflict could reveal another tenant's row");
        shape(
                "conflict target without the tenant",
                (db, ids) -> db.insertInto(COURT, COURT.ID, COURT.NAME, COURT.RATE)
                        .values(ids.foreignCourt(1), "x", 3)
                        .onConflict(COURT.ID)
                        .doUpdate()
                        .set(COURT.NAME, "y"));
        shape(
                "conflict constraint without the tenant",
                (db, ids) -> db.insertInto(COURT, COURT.ID, COURT.NAME, COURT.RATE)
                        .values(ids.foreignCourt(1), "x", 3)
                        .onConflictOnConstraint(Keys.COURT_PKEY)
                        .doNothing());
        shape(
                "any conflict, one key without the tenant",
                (db, ids) -> db.insertInto(COURT, COURT.ID, COURT.NAME, COURT.RATE)
                        .values(ids.foreignCourt(1), "x", 3)
                        .onConflictDoNothing());
    }

    private void globalTables() {
        refused(
                "writing a GLOBAL table, or locking its rows",
                "`globalWritable`, an unscoped scope, or `forUpdate().of(otherTable)`");
        shape("write to a global table", (db, ids) -> db.deleteFrom(CURRENCY));
        shape("lock of a global table", (db, ids) -> db.selectFrom(CURRENCY).forUpdate());
        shape(
                "lock of a global table too",
                (db, ids) -> db.select(B.ID).from(B, CURRENCY).forShare());
    }

    private void targets() {
        refused("writing to PostgreSQL's catalog", "the statement that PostgreSQL has for it, in an unscoped scope");
        shape(
                "a setting of the session",
                db -> db.update(table(name("pg_catalog", "pg_settings")))
                        .set(field(name("setting"), String.class), "1")
                        .where(field(name("name"), String.class).eq("statement_timeout")));
        shape("rows of the catalog", db -> db.deleteFrom(table(name("pg_catalog", "pg_description"))));
        shape(
                "rows for the catalog",
                db -> db.insertInto(table(name("information_schema", "sql_features")), field(name("feature_id")))
                        .values("x"));
        refused(
                "UPDATE with an outer join as its target",
                "PostgreSQL has no such statement: name the table and join others in FROM");
        shape(
                "update of an outer join",
                (db, ids) -> db.update(BOOKING.leftJoin(C).on(BOOKING.COURT_ID.eq(C.ID)))
                        .set(BOOKING.PRICE, 3));
        refused("partitions and inheritance children by their own names", "declare them, or use the parent");
        shape("partition by name", db -> db.select(asterisk()).from(table(name("app", "visit_early"))));
        shape("only the parent", db -> db.select(asterisk()).from(table("only {0}", table(name("app", "visit")))));
        refused("an unqualified name that exists in several schemas", "qualify it with its schema");
        shape("ambiguous name", db -> db.select(asterisk()).from(table(name("court"))));
    }

    private void routines() {
        refused("stored procedures, and functions that are not allowed", "`boundary.rlsOnly(dsl, \"the reason\")`");
        shape("stored procedure", db -> Routines.tidy(db.configuration()));
        shape(
                "table-valued function by name",
                db -> db.select(asterisk())
                        .from(unnest(function(name("app", "everything"), SQLDataType.INTEGER.array()))));
        shape(
                "scalar function by name, in a subquery",
                db -> db.select(B.ID)
                        .from(B)
                        .where(B.PRICE.in(select(function(name("app", "tidy_all"), SQLDataType.INTEGER)))));
    }

    private void deltaTables() {
        refused(
                "`finalTable`, `newTable`, `oldTable` outside a SELECT",
                "`with(\"changed\").as(statement)`: jOOQ omits their statement there");
        shape(
                "final table in DELETE RETURNING",
                db -> db.deleteFrom(COURT)
                        .where(exists(
                                selectOne().from(finalTable(update(BOOKING).set(BOOKING.PRICE, 3)))))
                        .returning());
        shape(
                "final table in DELETE",
                db -> db.deleteFrom(COURT)
                        .where(exists(
                                selectOne().from(finalTable(update(BOOKING).set(BOOKING.PRICE, 3))))));
        refused("INSERT without a column list into a table that is known by name only", "name the columns");
        shape(
                "insert without columns",
                (db, ids) -> db.insertInto(table(name("app", "booking"))).values(ids.uuid(), 900, ids.court(1)));
    }
}
