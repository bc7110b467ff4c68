package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COUNTER;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.CURRENCY;
import static dev.boundary.jooq.clubs.Tables.MAINTENANCE;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static dev.boundary.jooq.clubs.Tables.PART;
import static dev.boundary.jooq.clubs.Tables.SETTING;
import static dev.boundary.jooq.clubs.Tables.TEMPLATE;
import static dev.boundary.jooq.oracle.Clubs.ARCHIVED_COURT;
import static dev.boundary.jooq.oracle.Clubs.OPEN_BOOKING;
import static dev.boundary.jooq.oracle.Clubs.VISIT;
import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;

import dev.boundary.jooq.clubs.tables.Booking;
import dev.boundary.jooq.clubs.tables.Court;
import dev.boundary.jooq.clubs.tables.Maintenance;
import dev.boundary.jooq.clubs.tables.Member;

/** What a table can be. */
final class TableShapes extends ShapeGroup {
    private static final Booking B = BOOKING.as("b");
    private static final Member M = MEMBER.as("m");
    private static final Court C = COURT.as("c");
    private static final Maintenance X = MAINTENANCE.as("x");

    TableShapes() {
        tablesByName();
        children();
        changesOfChildren();
        foreignKeysOfChildren();
        mixedTables();
        globalTables();
        partitionedTables();
        otherSchemas();
        views();
        samples();
        tableFunctions();
        functions();
    }

    private void tablesByName() {
        rewritten("`table(name(...))`", "resolved by name; an unknown or ambiguous name is refused");
        shape("table by qualified name", db -> db.select(asterisk()).from(table(name("app", "booking"))));
        shape(
                "table by name under an alias",
                db -> db.select(field(name("q", "id")))
                        .from(table(name("app", "booking")).as("q")));
        shape(
                "table by name, left joined",
                db -> db.select(C.ID, field(name("q", "id")))
                        .from(C)
                        .leftJoin(table(name("app", "booking")).as("q"))
                        .on(field(name("q", "court_id"), Integer.class).eq(C.ID)));
        shape(
                "delete by name",
                db -> db.deleteFrom(table(name("app", "booking")))
                        .where(field(name("price"), Integer.class).gt(20)));
        shape(
                "update by name",
                db -> db.update(table(name("app", "booking"))).set(field(name("price"), Integer.class), 1));
        shape(
                "insert by name",
                (db, ids) -> db.insertInto(
                                table(name("app", "booking")),
                                field(name("id"), Integer.class),
                                field(name("court_id"), Integer.class))
                        .values(901, ids.court(1)));
    }

    private void children() {
        rewritten("CHILD tables", "EXISTS over the parent row; a foreign key value is written through the parent row");
        shape("child", db -> db.selectFrom(MAINTENANCE));
        shape("grandchild", db -> db.selectFrom(PART));
        shape(
                "child, left joined",
                db -> db.select(C.ID, X.LABEL).from(C).leftJoin(X).on(X.COST.eq(C.RATE)));
        shape(
                "child, full joined",
                db -> db.select(C.NAME, X.LABEL).from(C).fullJoin(X).on(X.COST.eq(C.RATE)));
        shape("child by name", db -> db.select(asterisk()).from(table(name("app", "part"))));
    }

    private void changesOfChildren() {
        shape("update child", db -> db.update(MAINTENANCE).set(MAINTENANCE.COST, MAINTENANCE.COST.plus(1)));
        shape("delete grandchild", db -> db.deleteFrom(PART));
        shape("insert child", (db, ids) -> db.insertInto(MAINTENANCE).values(900, ids.court(1), "new", 3));
        shape(
                "insert grandchild",
                (db, ids) -> db.insertInto(PART, PART.ID, PART.MAINTENANCE_ID, PART.NAME)
                        .values(900, ids.maintenance(1), "new")
                        .returning(PART.ID));
        shape(
                "insert children from SELECT",
                db -> db.insertInto(
                                MAINTENANCE, MAINTENANCE.ID, MAINTENANCE.COURT_ID, MAINTENANCE.LABEL, MAINTENANCE.COST)
                        .select(select(C.ID.plus(9000), C.ID, C.NAME, C.RATE).from(C)));
    }

    private void foreignKeysOfChildren() {
        shape(
                "update of a child's foreign key from a subquery",
                db -> db.update(MAINTENANCE)
                        .set(
                                row(MAINTENANCE.COURT_ID, MAINTENANCE.LABEL),
                                select(C.ID, C.NAME)
                                        .from(C)
                                        .where(C.RATE.ge(MAINTENANCE.COST))
                                        .orderBy(C.ID)
                                        .limit(1)));
        shape(
                "merge into a child",
                (db, ids) -> db.mergeInto(MAINTENANCE)
                        .using(C)
                        .on(MAINTENANCE.COURT_ID.eq(C.ID).and(MAINTENANCE.COST.eq(10)))
                        .whenMatchedThenUpdate()
                        .set(MAINTENANCE.COST, C.RATE)
                        .whenNotMatchedThenInsert(
                                MAINTENANCE.ID, MAINTENANCE.COURT_ID, MAINTENANCE.LABEL, MAINTENANCE.COST)
                        .values(C.ID.plus(900), C.ID, C.NAME, C.RATE));
    }

    private void mixedTables() {
        rewritten("MIXED tables", "reads own and shared rows; writes and locks own rows only");
        shape("mixed", db -> db.selectFrom(TEMPLATE));
        shape(
                "mixed with OR",
                db -> db.selectFrom(TEMPLATE).where(TEMPLATE.ID.eq(1)).or(TEMPLATE.NAME.eq("Welcome")));
        shape(
                "mixed, left joined",
                db -> db.select(C.ID, TEMPLATE.BODY).from(C).leftJoin(TEMPLATE).on(TEMPLATE.NAME.eq(C.NAME)));
        shape("update mixed", db -> db.update(TEMPLATE).set(TEMPLATE.BODY, "changed"));
        shape("delete mixed", db -> db.deleteFrom(TEMPLATE));
        shape(
                "insert mixed",
                (db, ids) -> db.insertInto(TEMPLATE, TEMPLATE.ID, TEMPLATE.NAME).values(900 + ids.tenant(), "new"));
        shape(
                "merge that matches shared rows",
                db -> db.mergeInto(TEMPLATE)
                        .using(selectOne())
                        .on(TEMPLATE.NAME.eq("Welcome"))
                        .whenMatchedThenUpdate()
                        .set(TEMPLATE.BODY, "changed"));
    }

    private void globalTables() {
        untouched("GLOBAL and EXEMPT tables", "no condition needed");
        shape(
                "global and exempt",
                db -> db.select(CURRENCY.NAME, SETTING.VALUE, COUNTER.VALUE).from(CURRENCY, SETTING, COUNTER));
        rewritten("writing a GLOBAL table (`globalWritable`)", "in its sources");
        shape(
                "writing a global table",
                db -> db.update(COUNTER).set(COUNTER.VALUE, field(selectCount().from(BOOKING))));
        shape(
                "insert from SELECT *",
                db -> db.insertInto(COUNTER).select(select(C.NAME, C.RATE).from(C)));
        shape(
                "update a global table from a tenant's",
                db -> db.update(COUNTER).set(COUNTER.VALUE, C.RATE).from(C).where(C.NAME.eq("Court 3")));
        shape(
                "merge into a global table",
                db -> db.mergeInto(COUNTER)
                        .using(C)
                        .on(COUNTER.NAME.eq(C.NAME))
                        .whenNotMatchedThenInsert(COUNTER.NAME, COUNTER.VALUE)
                        .values(C.NAME, C.RATE));
    }

    private void partitionedTables() {
        rewritten(
                "tables without generated classes, in several schemas, partitioned tables",
                "resolved by their declared names");
        shape("partitioned table", db -> db.select(asterisk()).from(VISIT));
        shape(
                "partitioned table, alias and join",
                db -> db.select(field(name("v", "guest")), B.ID)
                        .from(VISIT.as("v"))
                        .leftJoin(B)
                        .on(field(name("v", "id"), Integer.class).eq(B.ID)));
        shape(
                "insert into a partitioned table",
                db -> db.insertInto(VISIT, field(name("id"), Integer.class), field(name("day"), Integer.class))
                        .values(900, 4)
                        .values(901, 40));
        shape(
                "update of a partitioned table, from one partition to another",
                db -> db.update(VISIT)
                        .set(field(name("day"), Integer.class), 50)
                        .where(field(name("day"), Integer.class).eq(3)));
        shape(
                "delete from a partitioned table",
                db -> db.deleteFrom(VISIT)
                        .where(field(name("day"), Integer.class).gt(5)));
    }

    private void otherSchemas() {
        shape("table of another schema", db -> db.select(asterisk()).from(ARCHIVED_COURT));
        shape(
                "tables of one name in two schemas",
                db -> db.select(COURT.NAME, field(name("archive", "court", "id")))
                        .from(COURT)
                        .fullJoin(ARCHIVED_COURT)
                        .on(field(name("archive", "court", "name"), String.class)
                                .eq(COURT.NAME)));
        shape(
                "from one schema into another",
                db -> db.insertInto(ARCHIVED_COURT, field(name("id"), Integer.class), field(name("name"), String.class))
                        .select(select(C.ID, C.NAME).from(C)));
    }

    private void views() {
        rewritten("views", "declared like tables; row-level security requires `security_invoker`");
        shape("view", db -> db.select(asterisk()).from(OPEN_BOOKING));
        shape(
                "view, left joined",
                db -> db.select(C.ID, field(name("o", "id")))
                        .from(C)
                        .leftJoin(OPEN_BOOKING.as("o"))
                        .on(field(name("o", "court_id"), Integer.class).eq(C.ID)));
        shape(
                "update of a view",
                db -> db.update(OPEN_BOOKING)
                        .set(field(name("price"), Integer.class), 1)
                        .where(field(name("id"), Integer.class).lt(5)));
        shape(
                "insert into a view",
                (db, ids) -> db.insertInto(
                                OPEN_BOOKING, field(name("id"), Integer.class), field(name("court_id"), Integer.class))
                        .values(900, ids.court(1)));
        shape("delete from a view", db -> db.deleteFrom(OPEN_BOOKING));
    }

    private void samples() {
        rewritten("TABLESAMPLE", "in the WHERE");
        shape("tablesample", db -> db.selectFrom(BOOKING.tablesampleBernoulli(100)));
        shape(
                "tablesample, alias, repeatable",
                db -> db.select(B.ID)
                        .from(B.tablesampleSystem(100).repeatable(3))
                        .where(B.PRICE.gt(10)));
        shape(
                "tablesample, joined",
                db -> db.select(B.ID, M.NAME)
                        .from(M.tablesample(100).percent())
                        .leftJoin(B.tablesampleBernoulli(100))
                        .on(B.MEMBER_ID.eq(M.ID)));
        shape(
                "tablesample, full joined",
                db -> db.select(B.ID, M.NAME)
                        .from(M)
                        .fullJoin(B.tablesampleBernoulli(100))
                        .on(B.MEMBER_ID.eq(M.ID)));
    }

    private void tableFunctions() {
        rewritten("table-valued functions", "declared like tables, and their rows filtered; refused if undeclared");
        BookingsOver f = new BookingsOver(15);
        shape("table-valued function", db -> db.select(f.id, f.price).from(f));
        BookingsOver o = f.as("o");
        shape(
                "table-valued function, left joined",
                db -> db.select(C.NAME, o.id).from(C).leftJoin(o).on(o.price.eq(C.RATE)));
    }

    private void functions() {
        rewritten("stored functions", "called if `allowFunctions(...)` names them");
        shape(
                "stored function in a statement",
                db -> db.select(B.ID, Routines.doubled(B.PRICE)).from(B));
        shape("stored function, called", db -> Routines.doubled(db.configuration(), 4));
        shape(
                "stored function of a subquery",
                db -> db.select(Routines.doubled(field(select(max(B.PRICE)).from(B)))));
    }
}
