package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.MAINTENANCE;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static dev.boundary.jooq.clubs.Tables.PART;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.unquotedName;

import dev.boundary.jooq.clubs.tables.Booking;
import dev.boundary.jooq.clubs.tables.Court;
import dev.boundary.jooq.clubs.tables.Maintenance;
import dev.boundary.jooq.clubs.tables.Member;
import dev.boundary.jooq.clubs.tables.Part;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.CustomCondition;
import org.jooq.impl.CustomField;
import org.jooq.impl.SQLDataType;

/** Names that the query layer could take for others, and parts that render themselves. */
final class NameShapes extends ShapeGroup {

    private static final Booking B = BOOKING.as("b");
    private static final Member M = MEMBER.as("m");
    private static final Court C = COURT.as("c");

    /** PostgreSQL cuts it off after 31 of its characters, which have two bytes each. */
    private static final String LONG_NAME = "\u00e4".repeat(40);

    NameShapes() {
        skippedSteps();
        skippedStepsOuter();
        longNames();
        namesInUse();
        customConditions();
        customOperands();
        functionsByName();
        columnsByName();
    }

    private void skippedSteps() {
        rewritten("path joins that skip steps, inner and outer", "in the joins that jOOQ generates");
        shape(
                "left join with a skipped step",
                db -> db.select(PART.NAME)
                        .from(PART)
                        .leftJoin(PART.maintenance().court()));
        shape(
                "left join with a skipped step, selected",
                db -> db.select(PART.NAME, PART.maintenance().court().NAME)
                        .from(PART)
                        .leftJoin(PART.maintenance().court()));
        shape(
                "left join with a skipped step to many",
                db -> db.select(MAINTENANCE.ID)
                        .from(MAINTENANCE)
                        .leftJoin(MAINTENANCE.court().booking()));
        shape(
                "left join with two skipped steps",
                db -> db.select(PART.NAME)
                        .from(PART)
                        .leftJoin(PART.maintenance().court().booking()));
    }

    private void skippedStepsOuter() {
        shape(
                "right join with a skipped step",
                db -> db.select(PART.NAME)
                        .from(PART)
                        .rightJoin(PART.maintenance().court()));
        shape(
                "right join of members with a skipped step",
                db -> db.select(BOOKING.ID, BOOKING.member().member().NAME)
                        .from(BOOKING)
                        .rightJoin(BOOKING.member().member()));
        shape(
                "full join with a skipped step",
                db -> db.select(BOOKING.ID)
                        .from(BOOKING)
                        .fullJoin(BOOKING.member().member()));
        shape(
                "left join with a skipped step and a condition",
                db -> db.select(B.ID).from(B).leftJoin(B.member().member()).on(B.PRICE.gt(10)));
    }

    private void longNames() {
        rewritten("aliases longer than 63 bytes, which PostgreSQL truncates", "as for other aliases");
        Maintenance maintenance = MAINTENANCE.as(LONG_NAME);
        Part part = PART.as(LONG_NAME);
        Booking booking = BOOKING.as(LONG_NAME);
        shape("child under a long alias", db -> db.select(maintenance.ID).from(maintenance));
        shape("child under a long alias in DELETE", db -> db.deleteFrom(part).where(part.ID.gt(0)));
        shape(
                "long alias in a full join",
                db -> db.select(booking.ID, M.ID).from(booking).fullJoin(M).on(booking.MEMBER_ID.eq(M.ID)));
    }

    private void namesInUse() {
        rewritten("aliases that end in `_tenant` or `_parent`", "the query layer chooses other names");
        Court guard = COURT.as("b_tenant");
        shape(
                "alias named like a guard",
                db -> db.select(B.ID, guard.ID)
                        .from(B.fullJoin(M).on(B.MEMBER_ID.eq(M.ID)))
                        .join(guard)
                        .on(guard.ID.eq(B.COURT_ID)));
        Court parent = COURT.as("x_parent");
        Maintenance child = MAINTENANCE.as("x");
        shape(
                "alias named like a parent",
                db -> db.select(child.ID, parent.ID).from(child).join(parent).on(parent.ID.eq(child.COURT_ID)));
    }

    private static Condition either(Condition one, Condition other) {
        return CustomCondition.of(context -> context.visit(one).sql(" or ").visit(other));
    }

    private static Field<Boolean> eitherField(Condition one, Condition other) {
        return CustomField.of(
                "either",
                SQLDataType.BOOLEAN,
                context -> context.visit(one).sql(" or ").visit(other));
    }

    private void customConditions() {
        rewritten("custom conditions and custom fields", "in parentheses");
        shape(
                "custom condition in ON of a left join",
                db -> db.select(B.ID, M.NAME).from(B).leftJoin(M).on(either(B.MEMBER_ID.eq(M.ID), M.ID.eq(1))));
        shape(
                "custom boolean field in ON of a left join",
                db -> db.select(B.ID, M.NAME)
                        .from(B)
                        .leftJoin(M)
                        .on(org.jooq.impl.DSL.condition(eitherField(B.MEMBER_ID.eq(M.ID), M.ID.eq(1)))));
        shape(
                "custom condition in ON of a right join",
                db -> db.select(B.ID, M.NAME).from(B).rightJoin(M).on(either(B.MEMBER_ID.eq(M.ID), M.ID.eq(1))));
        shape("custom condition in UPDATE", db -> db.update(B).set(B.NOTE, "x").where(either(B.ID.eq(1), B.ID.eq(2))));
    }

    private void customOperands() {
        shape(
                "custom boolean field compared",
                db -> db.select(C.ID)
                        .from(C)
                        .where(eitherField(C.RATE.gt(0), falseCondition()).eq(true)));
        shape(
                "custom boolean field that is not null",
                db -> db.select(C.ID)
                        .from(C)
                        .where(eitherField(C.RATE.gt(0), falseCondition()).isNotNull()));
        shape(
                "custom boolean field in a list, in DELETE",
                db -> db.deleteFrom(B)
                        .where(eitherField(B.ID.eq(1), falseCondition()).in(true, false)));
    }

    private void functionsByName() {
        rewritten(
                "`function(name, ...)` and `aggregate(name, ...)` of PostgreSQL's functions",
                "qualified with `pg_catalog`");
        shape(
                "function by name",
                db -> db.select(B.ID, function("upper", SQLDataType.VARCHAR, B.STATUS))
                        .from(B));
        shape(
                "function by quoted name",
                db -> db.select(B.ID, function(name("upper"), SQLDataType.VARCHAR, B.STATUS))
                        .from(B));
        shape(
                "function of the grammar by name",
                db -> db.select(B.ID, function("coalesce", SQLDataType.VARCHAR, B.NOTE, B.STATUS))
                        .from(B));
        shape(
                "aggregate by name",
                db -> db.select(org.jooq
                                .impl
                                .DSL
                                .aggregate("max", SQLDataType.INTEGER, B.PRICE)
                                .filterWhere(B.ID.gt(1)))
                        .from(B));
    }

    private void columnsByName() {
        rewritten("`field(name(table, column))`", "unchanged, if the table has the column");
        shape(
                "column by name",
                db -> db.select(field(name("b", "id"), Integer.class)).from(B));
        shape(
                "system column by name",
                db -> db.selectCount().from(B).where(field(name("b", "ctid")).isNotNull()));
        shape(
                "column by unquoted name",
                db -> db.select(field(unquotedName("B", "ID"), Integer.class)).from(B));
        shape(
                "column of a derived table by name",
                db -> db.select(field(name("d", "n"), Integer.class))
                        .from(org.jooq.impl.DSL.select(B.ID.as("n")).from(B).asTable("d")));
        refused(
                "a column that the table lacks, a function that may not be PostgreSQL's",
                "name an existing column; `allowFunctions(...)` for a function of yours");
        shape(
                "a function written as a column",
                db -> db.select(field(name("booking", "all_texts"), String.class))
                        .from(BOOKING));
        shape(
                "a function written as a column of an alias",
                db -> db.select(field(name("b", "all_texts"), String.class)).from(B));
        shape(
                "a function written as a column, in RETURNING",
                db -> db.deleteFrom(B).returningResult(field(name("b", "all_texts"), String.class)));
        shape(
                "a function written as a column, from inside a subquery",
                db -> db.select(B.ID)
                        .from(B)
                        .where(B.NOTE.in(org.jooq
                                .impl
                                .DSL
                                .select(field(name("b", "all_texts"), String.class))
                                .from(C))));
        shape(
                "a user's function with a name of jOOQ",
                db -> db.select(function("product", SQLDataType.INTEGER, B.ID)).from(B));
        shape(
                "a user's aggregate with a name of jOOQ",
                db -> db.select(org.jooq.impl.DSL.aggregate("median", SQLDataType.INTEGER, B.ID))
                        .from(B));
        shape(
                "a user's function with a quoted name of the grammar",
                db -> db.select(function(name("coalesce"), SQLDataType.INTEGER, B.ID))
                        .from(B));
    }
}
