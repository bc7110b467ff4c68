package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static org.jooq.impl.DSL.array;
import static org.jooq.impl.DSL.arrayAgg;
import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.denseRank;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.generateSeries;
import static org.jooq.impl.DSL.grouping;
import static org.jooq.impl.DSL.jsonbArrayAgg;
import static org.jooq.impl.DSL.jsonbTable;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.listAgg;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.orderBy;
import static org.jooq.impl.DSL.percentileCont;
import static org.jooq.impl.DSL.rollup;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.rowsFrom;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.unnest;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.xmlelement;
import static org.jooq.impl.DSL.xmltable;

import dev.boundary.jooq.clubs.tables.Booking;
import dev.boundary.jooq.clubs.tables.Court;
import org.jooq.JSONB;
import org.jooq.Table;
import org.jooq.XML;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** SELECT of one query level: what is in FROM and what is done with it. */
final class SelectShapes extends ShapeGroup {
    private static final Booking B = BOOKING.as("b");
    private static final Court C = COURT.as("c");

    SelectShapes() {
        oneTable();
        limits();
        locks();
        aggregates();
        windows();
        tablesOfValues();
        tablesOfValuesJoined();
        tablesOfColumns();
        catalog();
    }

    private void oneTable() {
        rewritten(
                "one table, alias, alias with column names",
                "`and tenant_id = ?` in the WHERE of its query level, under its alias");
        shape("select one table", db -> db.selectFrom(BOOKING));
        shape(
                "select with condition and OR",
                db -> db.selectFrom(BOOKING).where(BOOKING.PRICE.gt(20)).or(BOOKING.ID.eq(1)));
        shape("alias", db -> db.select(B.ID, B.NOTE).from(B).where(B.STATUS.eq("open")));
        Table<?> t = BOOKING.as("t", "a", "b");
        shape("alias with a list of columns", db -> db.select(t.fields()).from(t));
        shape("select no column", db -> db.selectOne().from(BOOKING));
        shape("select *", db -> db.select(asterisk()).from(BOOKING));
        shape("select table.*", db -> db.select(B.asterisk()).from(B));
        shape("table with condition", db -> db.select(BOOKING.ID).from(BOOKING.where(BOOKING.PRICE.gt(10))));
    }

    private void limits() {
        rewritten(
                "DISTINCT, LIMIT, seek, FOR UPDATE, FOR SHARE",
                "in the WHERE, so before they apply; for row locks see the notes below");
        shape(
                "limit and offset",
                db -> db.selectFrom(BOOKING).orderBy(BOOKING.ID).limit(3).offset(1));
        shape("distinct", db -> db.selectDistinct(BOOKING.STATUS).from(BOOKING));
        shape(
                "distinct on",
                db -> db.select(BOOKING.STATUS, BOOKING.ID)
                        .distinctOn(BOOKING.STATUS)
                        .from(BOOKING)
                        .orderBy(BOOKING.STATUS, BOOKING.ID));
        shape(
                "limit with ties",
                db -> db.select(BOOKING.STATUS)
                        .from(BOOKING)
                        .orderBy(BOOKING.STATUS)
                        .limit(1)
                        .withTies());
        shape(
                "seek",
                db -> db.selectFrom(BOOKING)
                        .orderBy(BOOKING.PRICE, BOOKING.ID)
                        .seek(15, 3)
                        .limit(4));
    }

    private void locks() {
        shape("for update", db -> db.selectFrom(BOOKING).forUpdate().skipLocked());
        shape("for update, waiting", db -> db.selectFrom(BOOKING).forUpdate().wait(3));
        shape(
                "for no key update, derived table",
                db -> db.select(asterisk())
                        .from(DSL.selectFrom(BOOKING).asTable("q"))
                        .forNoKeyUpdate());
        shape(
                "for share of",
                db -> db.select(B.ID)
                        .from(B)
                        .join(C)
                        .on(B.COURT_ID.eq(C.ID))
                        .forShare()
                        .of(B));
    }

    private void aggregates() {
        rewritten("aggregates, GROUP BY, ROLLUP, HAVING, window functions", "in the WHERE, so before they apply");
        shape(
                "group by and having",
                db -> db.select(B.STATUS, count(), sum(B.PRICE))
                        .from(B)
                        .groupBy(B.STATUS)
                        .having(count().gt(1)));
        shape("count", db -> db.selectCount().from(BOOKING));
        shape(
                "group by the primary key",
                db -> db.select(C.ID, C.NAME, C.RATE, count(B.ID))
                        .from(C)
                        .leftJoin(B)
                        .on(B.COURT_ID.eq(C.ID))
                        .groupBy(C.ID));
        shape(
                "rollup",
                db -> db.select(B.STATUS, B.COURT_ID.minus(B.COURT_ID), count(), grouping(B.STATUS))
                        .from(B)
                        .groupBy(rollup(B.STATUS, B.COURT_ID)));
        shape(
                "aggregate with FILTER",
                db -> db.select(
                                count().filterWhere(B.PRICE.gt(20)),
                                countDistinct(B.MEMBER_ID),
                                min(B.PRICE),
                                max(B.PRICE))
                        .from(B));
        shape(
                "ordered aggregates",
                db -> db.select(
                                listAgg(B.STATUS, ",").withinGroupOrderBy(B.ID),
                                percentileCont(0.5).withinGroupOrderBy(B.PRICE),
                                arrayAgg(B.ID).orderBy(B.ID))
                        .from(B));
    }

    private void windows() {
        shape(
                "window functions",
                db -> db.select(
                                B.ID,
                                rowNumber().over(orderBy(B.ID)),
                                sum(B.PRICE).over().partitionBy(B.STATUS).orderBy(B.ID),
                                denseRank().over(orderBy(B.STATUS)))
                        .from(B));
        shape(
                "window clause",
                db -> db.select(B.ID, count().over(name("w")))
                        .from(B)
                        .window(name("w").as(orderBy(B.ID))));
        shape(
                "empty table of a tenant",
                db -> db.select(coalesce(max(B.PRICE), 0)).from(B).where(B.PRICE.gt(1000)));
    }

    private void tablesOfValues() {
        untouched(
                "VALUES, `generate_series`, `unnest`, `jsonTable`, `xmltable`, ROWS FROM, WITH ORDINALITY, no table",
                "they contain no tables");
        shape("values", db -> db.selectFrom(DSL.values(row(1, "a"), row(2, "b")).as("v", "x", "y")));
        shape("no table", db -> db.selectOne());
        shape(
                "json table",
                db -> db.select(asterisk())
                        .from(jsonbTable(JSONB.valueOf("[{\"a\": 1, \"b\": \"x\"}, {\"a\": 2}]"), "$[*]")
                                .column("a", SQLDataType.INTEGER)
                                .path("$.a")
                                .column("b", SQLDataType.VARCHAR(3))
                                .column("n", SQLDataType.INTEGER)
                                .forOrdinality()));
        shape(
                "xml table",
                db -> db.select(asterisk())
                        .from(xmltable("//row")
                                .passing(XML.xml("<r><row><a>1</a></row><row><a>2</a></row></r>"))
                                .column("a", SQLDataType.INTEGER)
                                .path("a")
                                .column("n", SQLDataType.INTEGER)
                                .forOrdinality()));
        shape(
                "with ordinality",
                db -> db.select(asterisk())
                        .from(unnest(array("a", "b")).withOrdinality().as("u", "v", "n")));
        shape("rows from", db -> db.select(asterisk()).from(rowsFrom(generateSeries(1, 3), generateSeries(5, 6))));
    }

    private void tablesOfValuesJoined() {
        rewritten("the same, joined with tables", "in the WHERE, for each table");
        shape("series", db -> db.select(count()).from(BOOKING, generateSeries(1, 3)));
        shape(
                "unnest",
                db -> db.select(B.ID)
                        .from(B)
                        .join(unnest(array(1, 2)).as("u", "n"))
                        .on(B.ID.eq(field(name("u", "n"), Integer.class))));
    }

    private void tablesOfColumns() {
        shape(
                "json table of columns",
                db -> db.select(B.ID, field(name("j", "v")))
                        .from(
                                B,
                                lateral(jsonbTable(
                                                        field(select(jsonbArrayAgg(C.RATE))
                                                                .from(C)
                                                                .where(C.ID.eq(B.COURT_ID))),
                                                        val("$[*]"))
                                                .column("v", SQLDataType.INTEGER)
                                                .path("$"))
                                        .as("j")));
        shape(
                "xml table of columns",
                db -> db.select(B.ID, field(name("x", "v")))
                        .from(
                                B,
                                lateral(xmltable("//v")
                                                .passing(xmlelement("r", xmlelement("v", B.PRICE)))
                                                .column("v", SQLDataType.INTEGER)
                                                .path("."))
                                        .as("x")));
        shape(
                "relational division",
                db -> db.select(asterisk())
                        .from(BOOKING.divideBy(C.where(C.RATE.lt(20)))
                                .on(BOOKING.COURT_ID.eq(C.ID))
                                .returning(BOOKING.STATUS)));
    }

    private void catalog() {
        untouched("`information_schema`, `pg_catalog`", "except statistics, which contain values of rows");
        shape(
                "catalog",
                db -> db.select(count())
                        .from(table(name("information_schema", "tables")))
                        .where(field(name("table_schema"), String.class).eq("none")));
    }
}
