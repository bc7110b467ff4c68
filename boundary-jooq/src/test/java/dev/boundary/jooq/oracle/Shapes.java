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
import static org.jooq.impl.DSL.all;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.array;
import static org.jooq.impl.DSL.arrayAgg;
import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.default_;
import static org.jooq.impl.DSL.deleteFrom;
import static org.jooq.impl.DSL.denseRank;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.generateSeries;
import static org.jooq.impl.DSL.grouping;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.listAgg;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.multisetAgg;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.orderBy;
import static org.jooq.impl.DSL.percentileCont;
import static org.jooq.impl.DSL.rollup;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectFrom;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.unnest;
import static org.jooq.impl.DSL.update;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.boundary.jooq.clubs.Keys;
import dev.boundary.jooq.clubs.tables.Booking;
import dev.boundary.jooq.clubs.tables.Court;
import dev.boundary.jooq.clubs.tables.Maintenance;
import dev.boundary.jooq.clubs.tables.Member;
import dev.boundary.jooq.oracle.Oracle.Case;
import dev.boundary.jooq.oracle.Oracle.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** The statement shapes, each written once by hand. */
final class Shapes {

    static final List<Case> REWRITTEN = new ArrayList<>();
    static final List<Case> REFUSED = new ArrayList<>();

    private static final Booking B = BOOKING.as("b");
    private static final Court C = COURT.as("c");
    private static final Member M = MEMBER.as("m");
    private static final Member R = MEMBER.as("r");
    private static final Maintenance X = MAINTENANCE.as("x");

    private Shapes() {}

    static {
        selects();
        joins();
        subqueries();
        paths();
        names();
        aggregations();
        classifications();
        inserts();
        updates();
        deletes();
        merges();
        parsed();
        refusals();
    }

    private static void selects() {
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
        shape("distinct", db -> db.selectDistinct(BOOKING.STATUS).from(BOOKING));
        shape(
                "distinct on",
                db -> db.select(BOOKING.STATUS, BOOKING.ID)
                        .distinctOn(BOOKING.STATUS)
                        .from(BOOKING)
                        .orderBy(BOOKING.STATUS, BOOKING.ID));
        shape(
                "limit and offset",
                db -> db.selectFrom(BOOKING).orderBy(BOOKING.ID).limit(3).offset(1));
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
        shape("for update", db -> db.selectFrom(BOOKING).forUpdate().skipLocked());
        shape(
                "for share of",
                db -> db.select(B.ID)
                        .from(B)
                        .join(C)
                        .on(B.COURT_ID.eq(C.ID))
                        .forShare()
                        .of(B));
        shape("no table", db -> db.selectOne());
        shape(
                "values",
                db -> db.selectFrom(
                        org.jooq.impl.DSL.values(row(1, "a"), row(2, "b")).as("v", "x", "y")));
        shape("series", db -> db.select(count()).from(BOOKING, generateSeries(1, 3)));
        shape(
                "unnest",
                db -> db.select(B.ID)
                        .from(B)
                        .join(unnest(array(1, 2)).as("u", "n"))
                        .on(B.ID.eq(field(name("u", "n"), Integer.class))));
        shape(
                "catalog",
                db -> db.select(count())
                        .from(table(name("information_schema", "tables")))
                        .where(field(name("table_schema"), String.class).eq("none")));
    }

    private static void joins() {
        shape("inner join", db -> db.select(B.ID, M.NAME).from(B).join(M).on(B.MEMBER_ID.eq(M.ID)));
        shape("cross join", db -> db.select(C.ID, M.ID).from(C).crossJoin(M));
        shape("comma list", db -> db.select(C.NAME, M.NAME).from(C, M));
        shape("self join", db -> db.select(M.NAME, R.NAME).from(M).join(R).on(M.REFERRER_ID.eq(R.ID)));
        shape("left join", db -> db.select(B.ID, M.NAME).from(B).leftJoin(M).on(B.MEMBER_ID.eq(M.ID)));
        shape(
                "left join, IS NULL on the right",
                db -> db.select(M.ID)
                        .from(M)
                        .leftJoin(B)
                        .on(B.MEMBER_ID.eq(M.ID).and(B.STATUS.eq("paid")))
                        .where(B.ID.isNull()));
        shape("right join", db -> db.select(B.ID, M.NAME).from(B).rightJoin(M).on(B.MEMBER_ID.eq(M.ID)));
        shape("full join", db -> db.select(B.ID, M.NAME).from(B).fullJoin(M).on(B.MEMBER_ID.eq(M.ID)));
        shape(
                "full join, no alias",
                db -> db.select(BOOKING.ID, MEMBER.NAME)
                        .from(BOOKING)
                        .fullJoin(MEMBER)
                        .on(BOOKING.MEMBER_ID.eq(MEMBER.ID)));
        shape(
                "full join of joins",
                db -> db.select(B.ID, C.ID, M.ID, R.ID)
                        .from(B.join(C)
                                .on(B.COURT_ID.eq(C.ID))
                                .fullJoin(M.leftJoin(R).on(M.REFERRER_ID.eq(R.ID)))
                                .on(B.MEMBER_ID.eq(M.ID))));
        shape(
                "left join of inner join",
                db -> db.select(C.ID, B.ID, M.ID)
                        .from(C.leftJoin(B.join(M).on(B.MEMBER_ID.eq(M.ID))).on(B.COURT_ID.eq(C.ID))));
        shape(
                "left join of left join",
                db -> db.select(C.ID, B.ID, M.ID)
                        .from(C.leftJoin(B.leftJoin(M).on(B.MEMBER_ID.eq(M.ID))).on(B.COURT_ID.eq(C.ID))));
        shape(
                "right join of left join",
                db -> db.select(C.ID, B.ID, M.ID)
                        .from(C.leftJoin(B).on(B.COURT_ID.eq(C.ID)).rightJoin(M).on(B.MEMBER_ID.eq(M.ID))));
        shape(
                "left join then inner join",
                db -> db.select(C.ID, B.ID, M.ID)
                        .from(C)
                        .leftJoin(B)
                        .on(B.COURT_ID.eq(C.ID))
                        .join(M)
                        .on(M.ID.eq(1)));
        shape(
                "join using",
                db -> db.select(BOOKING.ID, MEMBER.NAME)
                        .from(BOOKING)
                        .join(MEMBER)
                        .using(MEMBER.ID));
        shape(
                "left join using",
                db -> db.select(BOOKING.ID, MEMBER.NAME)
                        .from(BOOKING)
                        .leftJoin(MEMBER)
                        .using(MEMBER.ID));
        shape(
                "full join using",
                db -> db.select(BOOKING.PRICE, MEMBER.NAME)
                        .from(BOOKING)
                        .fullJoin(MEMBER)
                        .using(MEMBER.ID));
        shape(
                "natural join",
                db -> db.select(BOOKING.PRICE, MEMBER.NAME).from(BOOKING).naturalJoin(MEMBER));
        shape(
                "natural left join",
                db -> db.select(BOOKING.PRICE, MEMBER.NAME).from(BOOKING).naturalLeftOuterJoin(MEMBER));
        shape(
                "natural right join",
                db -> db.select(BOOKING.PRICE, MEMBER.NAME).from(BOOKING).naturalRightOuterJoin(MEMBER));
        shape(
                "natural full join",
                db -> db.select(BOOKING.PRICE, MEMBER.NAME).from(BOOKING).naturalFullOuterJoin(MEMBER));
        shape("semi join", db -> db.select(C.ID).from(C).leftSemiJoin(B).on(B.COURT_ID.eq(C.ID)));
        shape("anti join", db -> db.select(M.ID).from(M).leftAntiJoin(B).on(B.MEMBER_ID.eq(M.ID)));
        shape(
                "cross apply",
                db -> db.select(C.ID, field(name("q", "id")))
                        .from(C.crossApply(
                                select(B.ID).from(B).where(B.COURT_ID.eq(C.ID)).asTable("q"))));
        shape(
                "outer apply",
                db -> db.select(M.ID, field(name("q", "id")))
                        .from(M.outerApply(
                                select(B.ID).from(B).where(B.MEMBER_ID.eq(M.ID)).asTable("q"))));
        shape("outer apply of a table", db -> db.select(C.ID, BOOKING.ID).from(C.outerApply(BOOKING)));
        shape(
                "lateral",
                db -> db.select(C.ID, field(name("q", "n")))
                        .from(
                                C,
                                lateral(select(count().as("n")).from(B).where(B.COURT_ID.eq(C.ID)))
                                        .as("q")));
        shape("join on true", db -> db.select(C.ID, M.ID).from(C).join(M).on(inline(true)));
    }

    private static void subqueries() {
        shape(
                "derived table",
                db -> db.select(asterisk())
                        .from(select(BOOKING.ID, BOOKING.PRICE).from(BOOKING).asTable("q")));
        shape(
                "derived table, left joined",
                db -> db.select(M.ID, field(name("q", "id")))
                        .from(M)
                        .leftJoin(select(B.ID, B.MEMBER_ID).from(B).asTable("q"))
                        .on(field(name("q", "member_id"), Integer.class).eq(M.ID)));
        shape("table with condition", db -> db.select(BOOKING.ID).from(BOOKING.where(BOOKING.PRICE.gt(10))));
        shape(
                "left join of a table with condition",
                db -> db.select(C.ID, B.ID)
                        .from(C)
                        .leftJoin(B.where(B.PRICE.gt(10)))
                        .on(B.COURT_ID.eq(C.ID)));
        shape(
                "scalar subquery",
                db -> db.select(C.ID, field(selectCount().from(B).where(B.COURT_ID.eq(C.ID))))
                        .from(C));
        shape(
                "scalar subquery in ORDER BY",
                db -> db.select(C.ID)
                        .from(C)
                        .orderBy(
                                field(selectCount().from(B).where(B.PRICE.gt(C.RATE)))
                                        .desc(),
                                C.ID)
                        .limit(2));
        shape(
                "exists",
                db -> db.select(M.ID).from(M).whereExists(selectOne().from(B).where(B.MEMBER_ID.eq(M.ID))));
        shape(
                "not exists",
                db -> db.select(M.ID)
                        .from(M)
                        .where(notExists(selectOne().from(B).where(B.MEMBER_ID.eq(M.ID)))));
        shape(
                "exists in SELECT",
                db -> db.select(M.ID, exists(selectOne().from(B).where(B.MEMBER_ID.eq(M.ID))))
                        .from(M));
        shape(
                "in",
                db -> db.select(M.ID).from(M).where(M.ID.in(select(B.MEMBER_ID).from(B))));
        shape(
                "not in",
                db -> db.select(M.ID)
                        .from(M)
                        .where(M.ID.notIn(select(B.MEMBER_ID).from(B).where(B.MEMBER_ID.isNotNull()))));
        shape(
                "row in",
                db -> db.select(M.ID)
                        .from(M)
                        .where(row(M.ID, M.NAME)
                                .in(select(R.REFERRER_ID, R.NAME).from(R))));
        shape(
                "any and all",
                db -> db.select(B.ID)
                        .from(B)
                        .where(B.PRICE
                                .gt(any(select(C.RATE).from(C)))
                                .and(B.PRICE.le(all(select(C.RATE.plus(20)).from(C))))));
        shape(
                "quantified like",
                db -> db.select(C.ID)
                        .from(C)
                        .where(C.NAME.like(any(select(B.NOTE).from(B)))));
        shape(
                "case with subquery",
                db -> db.select(when(exists(selectOne().from(B).where(B.PRICE.gt(70))), 1)
                        .otherwise(0)));
        shape(
                "union",
                db -> db.select(BOOKING.ID)
                        .from(BOOKING)
                        .union(select(COURT.RATE).from(COURT)));
        shape(
                "union all, ordered and limited",
                db -> db.select(BOOKING.ID.as("n"))
                        .from(BOOKING)
                        .unionAll(select(COURT.RATE).from(COURT))
                        .orderBy(1)
                        .limit(7));
        shape(
                "intersect and except",
                db -> db.select(M.ID)
                        .from(M)
                        .intersect(select(B.MEMBER_ID).from(B))
                        .except(select(R.REFERRER_ID).from(R)));
        shape(
                "nested union",
                db -> db.select(M.ID)
                        .from(M)
                        .union(select(B.ID).from(B).exceptAll(select(R.ID).from(R))));
        shape(
                "union in a derived table",
                db -> db.select(count())
                        .from(select(M.ID)
                                .from(M)
                                .unionAll(select(B.ID).from(B))
                                .asTable("u")));
        shape(
                "cte",
                db -> db.with("q")
                        .as(select(B.ID, B.PRICE).from(B))
                        .select(asterisk())
                        .from(table(name("q"))));
        shape(
                "cte with the name of a table",
                db -> db.with("booking")
                        .as(select(BOOKING.ID).from(BOOKING).where(BOOKING.PRICE.gt(10)))
                        .select(asterisk())
                        .from(table(name("booking"))));
        shape(
                "cte whose body reads the table of its name",
                db -> db.with("booking")
                        .as(org.jooq.impl.DSL.select(field(name("id"))).from(table(name("booking"))))
                        .select(asterisk())
                        .from(table(name("booking"))));
        shape(
                "two ctes, the second reads the first",
                db -> db.with("p")
                        .as(select(B.ID).from(B))
                        .with("q")
                        .as(select(field(name("p", "id")).as("i"), C.ID).from(table(name("p")), C))
                        .select(asterisk())
                        .from(table(name("q"))));
        shape(
                "materialized cte joined",
                db -> db.with(name("q").asMaterialized(select(B.ID, B.MEMBER_ID).from(B)))
                        .select(M.NAME, field(name("q", "id")))
                        .from(M)
                        .leftJoin(table(name("q")))
                        .on(M.ID.eq(field(name("q", "member_id"), Integer.class))));
        shape(
                "recursive cte",
                db -> db.withRecursive("t", "id", "depth")
                        .as(select(M.ID, inline(0))
                                .from(M)
                                .where(M.REFERRER_ID.isNull())
                                .unionAll(select(
                                                R.ID,
                                                field(name("t", "depth"), Integer.class)
                                                        .plus(1))
                                        .from(R)
                                        .join(table(name("t")))
                                        .on(R.REFERRER_ID.eq(field(name("t", "id"), Integer.class)))))
                        .select(asterisk())
                        .from(table(name("t"))));
        shape(
                "cte in a subquery",
                db -> db.select(field(org.jooq
                        .impl
                        .DSL
                        .with("q")
                        .as(select(B.ID).from(B))
                        .select(count())
                        .from(table(name("q"))))));
        shape(
                "data-modifying cte",
                db -> db.with("gone")
                        .as(deleteFrom(BOOKING).where(BOOKING.STATUS.eq("paid")).returning(BOOKING.ID))
                        .select(asterisk())
                        .from(table(name("gone"))));
        shape(
                "updating cte",
                db -> db.with("done")
                        .as(update(BOOKING)
                                .set(BOOKING.PRICE, BOOKING.PRICE.plus(1))
                                .returning(BOOKING.ID, BOOKING.PRICE))
                        .select(asterisk())
                        .from(table(name("done"))));
        shape(
                "inserting cte",
                (db, ids) -> db.with("made")
                        .as(insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                                .values(900, ids.court(1))
                                .returning(BOOKING.ID))
                        .select(asterisk())
                        .from(table(name("made"))));
        shape(
                "same alias at several levels",
                db -> db.select(B.ID)
                        .from(B)
                        .where(B.ID.in(select(MEMBER.as("b").ID).from(MEMBER.as("b")))));
        shape(
                "alias that is another table's name",
                db -> db.select(BOOKING.as("member").ID)
                        .from(BOOKING.as("member"))
                        .join(MEMBER.as("booking"))
                        .on(BOOKING.as("member").MEMBER_ID.eq(MEMBER.as("booking").ID)));
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
        shape(
                "nested records",
                db -> db.select(B.ID, row(C.NAME, C.RATE)).from(B).join(C).on(B.COURT_ID.eq(C.ID)));
        shape("a table as a column", db -> db.select(C).from(C));
    }

    private static void paths() {
        shape(
                "implicit join to one",
                db -> db.select(BOOKING.ID, BOOKING.court().NAME).from(BOOKING));
        shape(
                "implicit join to one, nullable",
                db -> db.select(BOOKING.ID, BOOKING.member().NAME).from(BOOKING));
        shape(
                "implicit joins, two steps",
                db -> db.select(BOOKING.ID, BOOKING.member().member().NAME).from(BOOKING));
        shape(
                "implicit join on an alias",
                db -> db.select(B.ID, B.court().NAME)
                        .from(B)
                        .where(B.member().NAME.like("%2")));
        shape(
                "implicit join in ORDER BY",
                db -> db.select(B.ID)
                        .from(B)
                        .orderBy(B.court().RATE.desc(), B.ID)
                        .limit(4));
        shape(
                "implicit join in a subquery",
                db -> db.select(C.ID)
                        .from(C)
                        .where(C.ID.in(select(B.court().ID)
                                .from(B)
                                .where(B.member().CITY.isNotNull()))));
        shape(
                "implicit join beside a left join",
                db -> db.select(M.ID, B.court().NAME).from(M).leftJoin(B).on(B.MEMBER_ID.eq(M.ID)));
        shape(
                "implicit self join",
                db -> db.select(MEMBER.ID, MEMBER.member().NAME).from(MEMBER));
        shape(
                "path to many in EXISTS",
                db -> db.select(COURT.ID).from(COURT).where(exists(selectOne().from(COURT.booking()))));
        shape(
                "path to many in MULTISET",
                db -> db.select(
                                COURT.ID,
                                multiset(select(COURT.booking().ID)
                                        .from(COURT.booking())
                                        .orderBy(COURT.booking().ID)))
                        .from(COURT));
        shape(
                "explicit path join",
                db -> db.select(BOOKING.ID, BOOKING.member().NAME).from(BOOKING).leftJoin(BOOKING.member()));
        shape(
                "explicit path join to many",
                db -> db.select(COURT.ID, COURT.booking().ID).from(COURT).leftJoin(COURT.booking()));
        shape(
                "explicit path join with a skipped step",
                db -> db.select(BOOKING.ID, BOOKING.member().member().NAME)
                        .from(BOOKING)
                        .join(BOOKING.member().member()));
        shape(
                "path join to a child",
                db -> db.select(COURT.ID, COURT.maintenance().LABEL).from(COURT).leftJoin(COURT.maintenance()));
        shape(
                "path from a child",
                db -> db.select(PART.NAME, PART.maintenance().court().NAME).from(PART));
        shape(
                "implicit join in UPDATE",
                db -> db.update(BOOKING)
                        .set(BOOKING.NOTE, BOOKING.court().NAME)
                        .where(BOOKING.member().NAME.eq("Member 2")));
        shape(
                "implicit join in DELETE",
                db -> db.deleteFrom(BOOKING).where(BOOKING.court().NAME.eq("Court 2")));
    }

    private static void names() {
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

    private static void aggregations() {
        shape("count", db -> db.selectCount().from(BOOKING));
        shape(
                "group by and having",
                db -> db.select(B.STATUS, count(), sum(B.PRICE))
                        .from(B)
                        .groupBy(B.STATUS)
                        .having(count().gt(1)));
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

    private static void classifications() {
        shape("child", db -> db.selectFrom(MAINTENANCE));
        shape("grandchild", db -> db.selectFrom(PART));
        shape(
                "child, left joined",
                db -> db.select(C.ID, X.LABEL).from(C).leftJoin(X).on(X.COST.eq(C.RATE)));
        shape(
                "child, full joined",
                db -> db.select(C.NAME, X.LABEL).from(C).fullJoin(X).on(X.COST.eq(C.RATE)));
        shape("child by name", db -> db.select(asterisk()).from(table(name("app", "part"))));
        shape("mixed", db -> db.selectFrom(TEMPLATE));
        shape(
                "mixed with OR",
                db -> db.selectFrom(TEMPLATE).where(TEMPLATE.ID.eq(1)).or(TEMPLATE.NAME.eq("Welcome")));
        shape(
                "mixed, left joined",
                db -> db.select(C.ID, TEMPLATE.BODY).from(C).leftJoin(TEMPLATE).on(TEMPLATE.NAME.eq(C.NAME)));
        shape(
                "global and exempt",
                db -> db.select(CURRENCY.NAME, SETTING.VALUE, COUNTER.VALUE).from(CURRENCY, SETTING, COUNTER));
        shape(
                "writing a global table",
                db -> db.update(COUNTER).set(COUNTER.VALUE, field(selectCount().from(BOOKING))));
        shape("update mixed", db -> db.update(TEMPLATE).set(TEMPLATE.BODY, "changed"));
        shape("delete mixed", db -> db.deleteFrom(TEMPLATE));
        shape(
                "insert mixed",
                (db, ids) -> db.insertInto(TEMPLATE, TEMPLATE.ID, TEMPLATE.NAME).values(900 + ids.tenant(), "new"));
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

    private static void inserts() {
        shape(
                "insert one row",
                (db, ids) ->
                        db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID).values(900, ids.court(1)));
        shape(
                "insert several rows",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(900, ids.court(1))
                        .values(901, ids.court(2)));
        shape(
                "insert with the tenant",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.TENANT_ID, BOOKING.COURT_ID)
                        .values(900, ids.uuid(), ids.court(1)));
        shape(
                "insert with SET",
                (db, ids) -> db.insertInto(BOOKING).set(BOOKING.ID, 900).set(BOOKING.COURT_ID, ids.court(1)));
        shape(
                "insert with DEFAULT for the tenant",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.TENANT_ID, BOOKING.ID, BOOKING.COURT_ID)
                        .values(default_(BOOKING.TENANT_ID), val(900), val(ids.court(1))));
        shape("insert all columns", (db, ids) -> db.insertInto(COURT).values(900, ids.uuid(), "new", "clay", 3));
        shape(
                "insert with a subquery",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID, BOOKING.PRICE)
                        .values(
                                val(900),
                                val(ids.court(1)),
                                field(select(sum(C.RATE).cast(Integer.class)).from(C))));
        shape(
                "insert returning",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(900, ids.court(1))
                        .returning());
        shape(
                "insert returning a subquery",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(900, ids.court(1))
                        .returningResult(BOOKING.ID, field(selectCount().from(M))));
        shape(
                "insert from SELECT",
                db -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID, BOOKING.NOTE)
                        .select(select(C.ID.plus(900), C.ID, C.NAME).from(C)));
        shape(
                "insert from SELECT with the tenant",
                db -> db.insertInto(BOOKING, BOOKING.TENANT_ID, BOOKING.ID, BOOKING.COURT_ID)
                        .select(select(C.TENANT_ID, C.ID.plus(900), C.ID).from(C)));
        shape(
                "insert from SELECT with a constant tenant",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.TENANT_ID, BOOKING.ID, BOOKING.COURT_ID)
                        .select(select(val(ids.uuid()), C.ID.plus(900), C.ID).from(C)));
        shape(
                "insert from union",
                db -> db.insertInto(MEMBER, MEMBER.ID, MEMBER.NAME)
                        .select(select(C.ID.plus(900), C.NAME)
                                .from(C)
                                .unionAll(select(B.ID.plus(1900), B.STATUS).from(B))));
        shape(
                "insert from SELECT *",
                db -> db.insertInto(COUNTER).select(select(C.NAME, C.RATE).from(C)));
        shape(
                "insert from SELECT, no columns named",
                db -> db.insertInto(MEMBER)
                        .select(select(M.TENANT_ID, M.ID.plus(900), M.NAME, M.CITY, M.REFERRER_ID)
                                .from(M)));
        shape(
                "insert from cte",
                db -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .select(org.jooq
                                .impl
                                .DSL
                                .with("q")
                                .as(select(C.ID).from(C))
                                .select(
                                        field(name("q", "id"), Integer.class).plus(900),
                                        field(name("q", "id"), Integer.class))
                                .from(table(name("q")))));
        shape(
                "with ... insert",
                db -> db.with("q")
                        .as(select(C.ID).from(C))
                        .insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .select(select(
                                        field(name("q", "id"), Integer.class).plus(900),
                                        field(name("q", "id"), Integer.class))
                                .from(table(name("q")))));
        shape(
                "on conflict do nothing",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(1, ids.court(1))
                        .values(900, ids.court(1))
                        .onConflict(BOOKING.TENANT_ID, BOOKING.ID)
                        .doNothing());
        shape(
                "on conflict do nothing, no target",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(1, ids.court(1))
                        .onConflictDoNothing());
        shape(
                "on conflict do update",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID, BOOKING.PRICE)
                        .values(1, ids.court(1), 77)
                        .onConflict(BOOKING.TENANT_ID, BOOKING.ID)
                        .doUpdate()
                        .set(BOOKING.PRICE, excluded(BOOKING.PRICE)));
        shape(
                "on conflict do update where",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID, BOOKING.PRICE)
                        .values(1, ids.court(1), 77)
                        .onConflict(BOOKING.TENANT_ID, BOOKING.ID)
                        .doUpdate()
                        .set(BOOKING.PRICE, excluded(BOOKING.PRICE))
                        .where(BOOKING.PRICE.gt(100))
                        .returning());
        shape(
                "on conflict on constraint",
                (db, ids) -> db.insertInto(COURT, COURT.ID, COURT.NAME, COURT.RATE)
                        .values(900, "Court 1", 7)
                        .onConflictOnConstraint(Keys.COURT_NAME_KEY)
                        .doUpdate()
                        .set(COURT.RATE, 8));
        shape(
                "on conflict by values of a subquery",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(1, ids.court(1))
                        .onConflict(BOOKING.TENANT_ID, BOOKING.ID)
                        .doUpdate()
                        .set(BOOKING.PRICE, field(select(max(C.RATE)).from(C))));
        shape(
                "on duplicate key update",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(2, ids.court(1))
                        .onDuplicateKeyUpdate()
                        .set(BOOKING.PRICE, 1));
        shape(
                "on duplicate key ignore",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(2, ids.court(1))
                        .onDuplicateKeyIgnore());
        shape(
                "upsert from SELECT",
                db -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID, BOOKING.PRICE)
                        .select(select(M.ID, field(select(min(C.ID)).from(C)), val(3))
                                .from(M))
                        .onConflict(BOOKING.TENANT_ID, BOOKING.ID)
                        .doUpdate()
                        .set(BOOKING.PRICE, 4));
    }

    private static void updates() {
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
        shape(
                "update with order and limit",
                db -> db.update(BOOKING)
                        .set(BOOKING.PRICE, 0)
                        .orderBy(BOOKING.ID.desc())
                        .limit(2));
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
        shape(
                "update a global table from a tenant's",
                db -> db.update(COUNTER).set(COUNTER.VALUE, C.RATE).from(C).where(C.NAME.eq("Court 3")));
    }

    private static void deletes() {
        shape("delete everything", db -> db.deleteFrom(BOOKING));
        shape("delete", db -> db.deleteFrom(BOOKING).where(BOOKING.STATUS.eq("open")));
        shape("delete alias", db -> db.deleteFrom(B).where(B.ID.gt(3)));
        shape(
                "delete returning",
                db -> db.deleteFrom(BOOKING).where(BOOKING.ID.lt(3)).returning());
        shape(
                "delete using",
                db -> db.deleteFrom(BOOKING).using(M).where(BOOKING.ID.eq(M.ID).and(M.CITY.isNotNull())));
        shape(
                "delete using a left join",
                db -> db.deleteFrom(BOOKING)
                        .using(M.leftJoin(R).on(M.REFERRER_ID.eq(R.ID)))
                        .where(BOOKING.ID.eq(M.ID).and(R.ID.isNull())));
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

    private static void merges() {
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
                "merge into a child",
                (db, ids) -> db.mergeInto(MAINTENANCE)
                        .using(C)
                        .on(MAINTENANCE.COURT_ID.eq(C.ID).and(MAINTENANCE.COST.eq(10)))
                        .whenMatchedThenUpdate()
                        .set(MAINTENANCE.COST, C.RATE)
                        .whenNotMatchedThenInsert(
                                MAINTENANCE.ID, MAINTENANCE.COURT_ID, MAINTENANCE.LABEL, MAINTENANCE.COST)
                        .values(C.ID.plus(900), C.ID, C.NAME, C.RATE));
        shape(
                "merge that matches shared rows",
                db -> db.mergeInto(TEMPLATE)
                        .using(selectOne())
                        .on(TEMPLATE.NAME.eq("Welcome"))
                        .whenMatchedThenUpdate()
                        .set(TEMPLATE.BODY, "changed"));
        shape(
                "merge into a global table",
                db -> db.mergeInto(COUNTER)
                        .using(C)
                        .on(COUNTER.NAME.eq(C.NAME))
                        .whenNotMatchedThenInsert(COUNTER.NAME, COUNTER.VALUE)
                        .values(C.NAME, C.RATE));
    }

    private static void parsed() {
        shape(
                "parsed select",
                db -> db.parser()
                        .parseResultQuery(
                                "select b.id, m.name from app.booking b left join app.member m on b.member_id = m.id where b.price > 5 or m.city is null"));
        shape(
                "parsed full join",
                db -> db.parser()
                        .parseResultQuery("select * from app.booking b full join app.member m on b.id = m.id"));
        shape(
                "parsed union",
                db -> db.parser()
                        .parseResultQuery(
                                "select id from app.booking union select id from app.member where id not in (select member_id from app.booking where member_id is not null)"));
        shape("parsed update", db -> db.parser().parseQuery("update app.booking set price = 2 where id = 3"));
        shape(
                "parsed delete",
                db -> db.parser().parseQuery("delete from app.booking using app.member m where app.booking.id = m.id"));
    }

    private static void refusals() {
        refused("plain SQL query", (db, ids) -> db.resultQuery("select * from app.booking"));
        refused("plain SQL statement", (db, ids) -> db.query("delete from app.booking"));
        refused("plain SQL table", (db, ids) -> db.select().from(table("app.booking")));
        refused("plain SQL condition", (db, ids) -> db.select(C.ID).from(C).where(condition("1 = 1) or (1 = 1")));
        refused("plain SQL field", (db, ids) -> db.select(field("(select string_agg(note, ',') from app.booking)")));
        refused("table in a template", (db, ids) -> db.select().from(table("{0}", BOOKING)));
        refused(
                "table in a list in a template",
                (db, ids) -> db.select().from(table("{0}", org.jooq.impl.DSL.list(BOOKING))));
        refused("unknown table", (db, ids) -> db.select().from(table(name("app", "stray"))));
        refused("statistics", (db, ids) -> db.select().from(table(name("pg_catalog", "pg_stats"))));
        refused("truncate", (db, ids) -> db.truncate(BOOKING));
        refused("ddl", (db, ids) -> db.dropTable(BOOKING));
        refused("create table as", (db, ids) -> db.createTable("x").as(selectFrom(BOOKING)));
        refused("create view", (db, ids) -> db.createView("x").as(selectFrom(BOOKING)));
        refused(
                "select into",
                (db, ids) -> db.select(BOOKING.ID).into(table(name("x"))).from(BOOKING));
        refused("procedural block", (db, ids) -> db.begin(deleteFrom(BOOKING)));
        refused(
                "function nobody allowed",
                (db, ids) -> db.select(org.jooq.impl.DSL.function(name("app", "everything"), SQLDataType.CLOB)));
        refused(
                "function that runs SQL",
                (db, ids) -> db.select(org.jooq.impl.DSL.function(
                        "query_to_xml",
                        SQLDataType.CLOB,
                        val("select * from app.booking"),
                        val(true),
                        val(true),
                        val(""))));
        refused(
                "aggregate nobody allowed",
                (db, ids) -> db.select(org.jooq.impl.DSL.aggregate("spy", SQLDataType.CLOB, C.ID))
                        .from(C));
        refused("renamed table", (db, ids) -> db.selectFrom(CURRENCY.rename("stray")));
        refused(
                "insert of a foreign tenant",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.TENANT_ID, BOOKING.ID, BOOKING.COURT_ID)
                        .values(ids.foreignUuid(), 900, ids.court(1)));
        refused(
                "second row of a foreign tenant",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.TENANT_ID, BOOKING.ID, BOOKING.COURT_ID)
                        .values(ids.uuid(), 900, ids.court(1))
                        .values(ids.foreignUuid(), 901, ids.court(1)));
        refused(
                "insert of a shared row",
                (db, ids) -> db.insertInto(TEMPLATE, TEMPLATE.ID, TEMPLATE.TENANT_ID, TEMPLATE.NAME)
                        .values(900, null, "x"));
        refused(
                "insert from SELECT with a foreign constant",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.TENANT_ID, BOOKING.ID, BOOKING.COURT_ID)
                        .select(select(val(ids.foreignUuid()), C.ID, C.ID).from(C)));
        refused("update of the tenant", (db, ids) -> db.update(BOOKING).set(BOOKING.TENANT_ID, ids.foreignUuid()));
        refused(
                "update of the tenant in a row",
                (db, ids) -> db.update(BOOKING)
                        .set(row(BOOKING.TENANT_ID, BOOKING.NOTE), row(val(ids.foreignUuid()), val("x"))));
        refused(
                "update of the tenant from SELECT",
                (db, ids) -> db.update(BOOKING)
                        .set(row(BOOKING.TENANT_ID, BOOKING.NOTE), select(val(ids.foreignUuid()), val("x"))));
        refused(
                "upsert that changes the tenant",
                (db, ids) -> db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .values(1, ids.court(1))
                        .onConflict(BOOKING.TENANT_ID, BOOKING.ID)
                        .doUpdate()
                        .set(BOOKING.TENANT_ID, ids.foreignUuid()));
        refused(
                "conflict target without the tenant",
                (db, ids) -> db.insertInto(COURT, COURT.ID, COURT.NAME, COURT.RATE)
                        .values(ids.foreignCourt(1), "x", 3)
                        .onConflict(COURT.ID)
                        .doUpdate()
                        .set(COURT.NAME, "y"));
        refused(
                "conflict constraint without the tenant",
                (db, ids) -> db.insertInto(COURT, COURT.ID, COURT.NAME, COURT.RATE)
                        .values(ids.foreignCourt(1), "x", 3)
                        .onConflictOnConstraint(Keys.COURT_PKEY)
                        .doNothing());
        refused(
                "any conflict, one key without the tenant",
                (db, ids) -> db.insertInto(COURT, COURT.ID, COURT.NAME, COURT.RATE)
                        .values(ids.foreignCourt(1), "x", 3)
                        .onConflictDoNothing());
        refused(
                "merge of a foreign tenant",
                (db, ids) -> db.mergeInto(BOOKING)
                        .usingDual()
                        .on(BOOKING.ID.eq(900))
                        .whenNotMatchedThenInsert(BOOKING.TENANT_ID, BOOKING.ID, BOOKING.COURT_ID)
                        .values(ids.foreignUuid(), 900, ids.court(1)));
        refused(
                "merge that changes the tenant",
                (db, ids) -> db.mergeInto(BOOKING)
                        .usingDual()
                        .on(BOOKING.ID.eq(1))
                        .whenMatchedThenUpdate()
                        .set(BOOKING.TENANT_ID, ids.foreignUuid()));
        refused("write to a global table", (db, ids) -> db.deleteFrom(CURRENCY));
        refused(
                "update of an outer join",
                (db, ids) -> db.update(BOOKING.leftJoin(C).on(BOOKING.COURT_ID.eq(C.ID)))
                        .set(BOOKING.PRICE, 3));
    }

    private static void shape(String name, Function<DSLContext, Query> statement) {
        REWRITTEN.add(new Case(name, ids -> statement));
    }

    private static void shape(String name, BiFunction<DSLContext, Ids, Query> statement) {
        REWRITTEN.add(new Case(name, ids -> db -> statement.apply(db, ids)));
    }

    private static void refused(String name, BiFunction<DSLContext, Ids, Query> statement) {
        REFUSED.add(new Case(name, ids -> db -> statement.apply(db, ids)));
    }
}
