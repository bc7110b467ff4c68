package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.CURRENCY;
import static dev.boundary.jooq.clubs.Tables.MAINTENANCE;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.cast;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.keyword;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.list;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.one;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectFrom;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.unquotedName;
import static org.jooq.impl.DSL.val;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.CustomCondition;
import org.jooq.impl.CustomField;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultDataType;
import org.jooq.impl.SQLDataType;

/**
 * Statements that try to evade the query layer, which is alone here: a superuser's connection, no policies. Each runs
 * as the club in the north, and must neither show nor change anything of the club in the south. Without the query layer
 * each one does.
 */
@SuppressWarnings({"unchecked", "rawtypes"})
class EvasionsTest extends Evasions {

    private static final Map<String, Function<DSLContext, Object>> EVASIONS = new LinkedHashMap<>();

    private static void evasion(String name, Function<DSLContext, Object> attempt) {
        EVASIONS.put(name, attempt);
    }

    static {
        namesOfCommonTableExpressions();
        sameTableTwice();
        valuesOfForeignKeys();
        textOtherThanPlainSql();
        catalog();
    }

    private static void namesOfCommonTableExpressions() {
        evasion(
                "a CTE has the name of the table that a DELETE changes",
                db -> db.with(BOOKING_NAME)
                        .as(selectOne())
                        .delete(table(BOOKING_NAME))
                        .execute());
        evasion(
                "a CTE has the name of the table that an UPDATE changes",
                db -> db.with(BOOKING_NAME)
                        .as(selectOne())
                        .update(table(BOOKING_NAME))
                        .set(NOTE, "mine")
                        .execute());
        evasion(
                "a CTE has the name of the table that an INSERT goes into",
                db -> db.with(name("member"))
                        .as(selectOne())
                        .insertInto(
                                table(name("member")), field(name("tenant_id")), field(name("id")), field(name("name")))
                        .values(S, 299, "mine")
                        .execute());
        evasion(
                "a CTE has the name of the table that a MERGE goes into",
                db -> db.with(BOOKING_NAME)
                        .as(selectOne())
                        .mergeInto(table(BOOKING_NAME))
                        .using(selectOne())
                        .on(trueCondition())
                        .whenMatchedThenUpdate()
                        .set(NOTE, "mine")
                        .execute());
        evasion(
                "a CTE has the name of the table that a DELETE with USING changes",
                db -> db.with(BOOKING_NAME)
                        .as(selectOne())
                        .delete(table(BOOKING_NAME))
                        .using(CURRENCY)
                        .execute());
        evasion(
                "a CTE around has the name of the table that a data-modifying CTE changes",
                db -> db.with(BOOKING_NAME)
                        .as(select(inline(1).as("id")))
                        .with(name("gone"))
                        .as(DSL.deleteFrom(table(BOOKING_NAME)).returning(NOTE))
                        .select()
                        .from(name("gone"))
                        .fetch());
        CommonTableExpression<?> undeclared = BOOKING_NAME.as(select(inline("x").as("note")));
        evasion(
                "a CTE that is not declared",
                db -> db.select(NOTE).from(undeclared).fetch());
        evasion(
                "a CTE that is not declared, under an alias",
                db -> db.select(NOTE).from(undeclared.as("b")).fetch());
        evasion(
                "a CTE that is not declared, joined",
                db -> db.select(NOTE)
                        .from(CURRENCY)
                        .leftJoin(undeclared)
                        .on(trueCondition())
                        .fetch());
        evasion(
                "a CTE that another statement declares",
                db -> db.select(NOTE)
                        .from(
                                DSL.with(undeclared)
                                        .select(one())
                                        .from(undeclared)
                                        .asTable("first"),
                                lateral(select(NOTE).from(undeclared)).as("second"))
                        .fetch());
        evasion(
                "a CTE in its own body, where its name is the table's",
                db -> db.with(BOOKING_NAME.as(select(NOTE).from(undeclared)))
                        .select(NOTE)
                        .from(undeclared)
                        .fetch());
        evasion(
                "a CTE of one side of a UNION",
                db -> db.select(NOTE)
                        .from(table(BOOKING_NAME))
                        .union(DSL.with(BOOKING_NAME)
                                .as(select(inline("x").as("note")))
                                .select(NOTE)
                                .from(table(BOOKING_NAME)))
                        .fetch());
        evasion(
                "a CTE of the first side of a UNION",
                db -> DSL.using(db.configuration())
                        .selectFrom(DSL.with(BOOKING_NAME)
                                .as(select(inline("x").as("note")))
                                .select(NOTE)
                                .from(table(BOOKING_NAME))
                                .asTable("inner"))
                        .unionAll((Select) select(NOTE).from(table(BOOKING_NAME)))
                        .fetch());
        evasion(
                "a CTE that is changed through its name",
                db -> db.with(BOOKING_NAME.as(selectFrom(MEMBER)))
                        .update(table(BOOKING_NAME))
                        .set(NOTE, "mine")
                        .from(table(BOOKING_NAME).as("b"))
                        .execute());
        evasion(
                "a CTE of another spelling",
                db -> db.with(name("BOOKING").as(select(inline("x").as("note"))))
                        .select(NOTE)
                        .from(table(unquotedName("BOOKING")))
                        .fetch());
    }

    private static void sameTableTwice() {
        Condition courts = BOOKING.COURT_ID.eq(COURT.ID);
        evasion(
                "the same table again in an aliased join",
                db -> db.select(asterisk())
                        .from(BOOKING, BOOKING.join(COURT).on(courts).asTable("j"))
                        .fetch());
        evasion(
                "the same table before, in an aliased join",
                db -> db.select(asterisk())
                        .from(BOOKING.join(COURT).on(courts).asTable("j"), BOOKING)
                        .fetch());
        evasion(
                "the same table again in a joined aliased join",
                db -> db.select(asterisk())
                        .from(BOOKING)
                        .join(BOOKING.leftJoin(COURT).on(courts).asTable("j"))
                        .on(trueCondition())
                        .fetch());
        evasion(
                "the same table again in an aliased join within another",
                db -> db.select(asterisk())
                        .from(
                                BOOKING,
                                BOOKING.crossJoin(MEMBER.crossJoin(COURT).asTable("k"))
                                        .asTable("j"))
                        .fetch());
        Table<?> aliased = BOOKING.as("b");
        evasion(
                "the same alias again in an aliased join",
                db -> db.select(asterisk())
                        .from(aliased, aliased.crossJoin(COURT).asTable("j"))
                        .fetch());
        evasion(
                "the same table again in the USING of DELETE",
                db -> db.deleteFrom(BOOKING)
                                        .using(BOOKING.join(COURT)
                                                .on(BOOKING.ID.gt(200))
                                                .asTable("j"))
                                        .where(BOOKING.ID.lt(100))
                                        .execute()
                                > 0
                        ? CANARY
                        : "");
        evasion(
                "the same table again in the FROM of UPDATE",
                db -> db.update(BOOKING)
                        .set(BOOKING.NOTE, field(name("j", "note"), String.class))
                        .from(BOOKING.crossJoin(CURRENCY).asTable("j"))
                        .where(field(name("j", "id"), Integer.class).gt(200))
                        .returning(BOOKING.NOTE)
                        .fetch());
        evasion(
                "the same table again in the source of MERGE",
                db -> db.mergeInto(MEMBER)
                                        .using(MEMBER.crossJoin(CURRENCY).asTable("j"))
                                        .on(field(name("j", "id"), Integer.class)
                                                .eq(201))
                                        .whenMatchedThenUpdate()
                                        .set(MEMBER.CITY, inline("seen"))
                                        .execute()
                                > 0
                        ? CANARY
                        : "");
        evasion(
                "the same table again after a semi join",
                db -> db.select(asterisk())
                                .from(CURRENCY)
                                .leftSemiJoin(BOOKING)
                                .on(BOOKING.ID.gt(200))
                                .fetch()
                                .isEmpty()
                        ? ""
                        : CANARY);
        evasion(
                "another table, renamed",
                db -> db.select(NOTE).from(CURRENCY.rename("booking")).fetch());
        evasion(
                "the same table in every clause",
                db -> db.select(
                                multiset(selectFrom(BOOKING)),
                                field(select(count()).from(BOOKING)))
                        .from(BOOKING)
                        .where(exists(selectFrom(BOOKING).where(BOOKING.ID.gt(200)))
                                .or(BOOKING.ID.lt(100)))
                        .orderBy(field(select(DSL.max(BOOKING.NOTE)).from(BOOKING)))
                        .fetch());
    }

    private static void valuesOfForeignKeys() {
        Field<Integer> southern =
                field(select(DSL.min(BOOKING.COURT_ID).minus(200)).from(BOOKING).where(BOOKING.ID.gt(200)));
        evasion(
                "a foreign key's value that is a subquery",
                db -> db.insertInto(MAINTENANCE)
                                        .columns(
                                                MAINTENANCE.ID,
                                                MAINTENANCE.COURT_ID,
                                                MAINTENANCE.LABEL,
                                                MAINTENANCE.COST)
                                        .values(val(2), southern, val("x"), val(1))
                                        .execute()
                                > 0
                        ? CANARY
                        : "");
        evasion(
                "a foreign key's new value that is a subquery",
                db -> db.update(MAINTENANCE)
                                        .set(MAINTENANCE.COURT_ID, southern)
                                        .where(MAINTENANCE.ID.eq(1))
                                        .execute()
                                > 0
                        ? CANARY
                        : "");
        evasion(
                "a foreign key's new value, in a row",
                db -> db.update(MAINTENANCE)
                                        .set(row(MAINTENANCE.COURT_ID, MAINTENANCE.COST), row(southern, val(1)))
                                        .where(MAINTENANCE.ID.eq(1))
                                        .execute()
                                > 0
                        ? CANARY
                        : "");
        Field<Integer> text = field("(select court_id - 200 from booking where id > 200)", Integer.class);
        evasion(
                "a foreign key's value that is text",
                db -> db.insertInto(MAINTENANCE)
                                        .columns(
                                                MAINTENANCE.ID,
                                                MAINTENANCE.COURT_ID,
                                                MAINTENANCE.LABEL,
                                                MAINTENANCE.COST)
                                        .values(val(2), text, val("x"), val(1))
                                        .execute()
                                > 0
                        ? CANARY
                        : "");
        Field<Integer> function = DSL.function(
                        name("query_to_xml"),
                        String.class,
                        inline("select * from booking where id > 200"),
                        inline(true),
                        inline(true),
                        inline(""))
                .cast(String.class)
                .likeRegex(CANARY)
                .cast(Integer.class)
                .plus(10);
        evasion(
                "a foreign key's value that calls a function",
                db -> db.update(MAINTENANCE)
                                        .set(MAINTENANCE.COURT_ID, function)
                                        .where(MAINTENANCE.ID.eq(1))
                                        .execute()
                                > 0
                        ? CANARY
                        : "");
        evasion(
                "a foreign key's value in MERGE",
                db -> db.mergeInto(MAINTENANCE)
                                        .using(selectOne())
                                        .on(MAINTENANCE.ID.eq(2))
                                        .whenNotMatchedThenInsert(
                                                MAINTENANCE.ID,
                                                MAINTENANCE.COURT_ID,
                                                MAINTENANCE.LABEL,
                                                MAINTENANCE.COST)
                                        .values(val(2), southern, val("x"), val(1))
                                        .execute()
                                > 0
                        ? CANARY
                        : "");
    }

    private static void textOtherThanPlainSql() {
        evasion(
                "a keyword as a table",
                db -> db.select(asterisk()).from("{0}", keyword("booking")).fetch());
        evasion(
                "a name as a table",
                db -> db.select(asterisk()).from("{0}", BOOKING_NAME).fetch());
        evasion(
                "a column's name as a table",
                db -> db.select(asterisk()).from("{0}", field(BOOKING_NAME)).fetch());
        evasion(
                "a list as a table",
                db -> db.select(asterisk()).from("{0}", list(BOOKING_NAME)).fetch());
        evasion(
                "a table as a table",
                db -> db.select(asterisk()).from("{0}", BOOKING).fetch());
        evasion(
                "a keyword as a condition",
                db -> db.selectFrom(CURRENCY)
                                .where("{0}", keyword("exists (select 1 from booking where id > 200)"))
                                .fetch()
                                .isEmpty()
                        ? ""
                        : CANARY);
        evasion(
                "a keyword as a column",
                db -> db.select(field("{0}", String.class, keyword("(select max(note) from booking where id > 200)")))
                        .fetch());
        evasion("a keyword as a whole query", db -> db.fetch("{0}", keyword("select * from booking")));
        evasion("the name of a data type", db -> {
            DataType<Integer> type = new DefaultDataType<>(
                    SQLDialect.POSTGRES, SQLDataType.INTEGER, "int), note from booking order by 2 desc --");
            return db.select(cast(inline("1"), type), NOTE).fetch();
        });
        evasion(
                "a condition that renders an OR without parentheses",
                db -> db.selectFrom(BOOKING)
                        .where(or("booking.id = 1 or booking.id > 200"))
                        .fetch());
        evasion(
                "the same, combined",
                db -> db.selectFrom(BOOKING)
                        .where(or("booking.id = 1 or booking.id > 200").and(BOOKING.ID.gt(0)))
                        .fetch());
        evasion(
                "a boolean column that renders an OR without parentheses",
                db -> db.selectFrom(BOOKING)
                        .where(condition(CustomField.of(
                                name("x"),
                                SQLDataType.BOOLEAN,
                                context -> context.sql("booking.id = 1 or booking.id > 200"))))
                        .fetch());
        evasion(
                "an OR without parentheses in DELETE",
                db -> db.deleteFrom(BOOKING)
                        .where(or("booking.id = 1 or booking.id > 200"))
                        .execute());
        evasion(
                "an OR without parentheses in an outer join",
                db -> db.select(asterisk())
                        .from(CURRENCY.leftJoin(BOOKING).on(or("true or booking.id > 200")))
                        .fetch());
    }

    private static Condition or(String text) {
        return CustomCondition.of(context -> context.sql(text));
    }

    private static void catalog() {
        Field<String> values = cast(field(name("most_common_vals")), SQLDataType.VARCHAR);
        Condition ours = field(name("tablename"), String.class).eq("member");
        evasion(
                "the statistics of columns",
                db -> db.select(values)
                        .from(table(name("pg_catalog", "pg_stats")))
                        .where(ours)
                        .fetch());
        evasion(
                "the statistics of columns, spelled otherwise",
                db -> db.select(values)
                        .from(table(unquotedName("pg_catalog", "PG_STATS")))
                        .where(ours)
                        .fetch());
        evasion(
                "the statements of others",
                db -> db.select(
                                inline(CANARY).as("other"),
                                field(name("query"), JSON.class).isNotNull())
                        .from(table(name("pg_catalog", "pg_stat_activity")))
                        .limit(1)
                        .fetch());
    }

    @Override
    Map<String, Function<DSLContext, Object>> evasions() {
        return EVASIONS;
    }
}
