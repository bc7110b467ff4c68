package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.MAINTENANCE;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static dev.boundary.jooq.clubs.Tables.PART;
import static dev.boundary.jooq.clubs.Tables.TEMPLATE;

import dev.boundary.jooq.clubs.tables.Booking;
import dev.boundary.jooq.clubs.tables.Court;
import dev.boundary.jooq.clubs.tables.Maintenance;
import dev.boundary.jooq.clubs.tables.Member;
import dev.boundary.jooq.clubs.tables.Part;
import dev.boundary.jooq.oracle.Oracle.Case;
import dev.boundary.jooq.oracle.Oracle.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Path;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.SelectField;
import org.jooq.SelectJoinStep;
import org.jooq.SelectOnConditionStep;
import org.jooq.SelectOptionalOnStep;
import org.jooq.Table;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.MappedTable;
import org.jooq.conf.RenderImplicitJoinType;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.RenderTable;
import org.jooq.conf.Settings;
import org.jooq.conf.StatementType;
import org.jooq.impl.CustomCondition;
import org.jooq.impl.CustomField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Statements put together at random over what a rewriter takes for something else: joins by paths, names that are cut
 * or that the query layer uses itself, parts that render themselves, mapped names, constants whose type the place
 * decides, statements that are kept. A seed gives the same statement every time.
 */
final class RandomNames {

    /** PostgreSQL cuts names after 63 bytes; quotes, capitals and words of its grammar need quotes. */
    private static final List<String> NAMES = List.of(
            "t",
            "T",
            "b_tenant",
            "b_parent",
            "t_tenant",
            "booking",
            "court",
            "tenant_id",
            "user",
            "a\"b",
            "a b",
            "\u00e4".repeat(40),
            "\u00e4".repeat(31),
            "x".repeat(63),
            "x".repeat(70),
            "x".repeat(56) + "_tenant");

    private final SplittableRandom random;

    private RandomNames(long seed) {
        random = new SplittableRandom(seed); // near seeds give unlike statements
    }

    static Case of(long seed) {
        String shape = new RandomNames(seed).kind();
        return new Case(shape + " (seed " + seed + ")", ids -> db -> new RandomNames(seed).statement(db, ids));
    }

    private String kind() {
        return pick(List.of(
                "path joins",
                "implicit path joins",
                "names",
                "custom parts",
                "settings",
                "constants",
                "kept statement",
                "changes under names"));
    }

    private Object statement(DSLContext db, Ids ids) {
        return switch (kind()) {
            case "path joins" -> pathJoins(db);
            case "implicit path joins" -> implicit(db);
            case "names" -> names(db);
            case "custom parts" -> customParts(db);
            case "settings" -> settings(db, ids);
            case "constants" -> constants(db, ids);
            case "kept statement" -> kept(db);
            default -> changes(db);
        };
    }

    /** Joins whose conditions jOOQ adds. The key of a path that is joined is selected, so that each row shows. */
    private Query pathJoins(DSLContext db) {
        return switch (random.nextInt(4)) {
            case 0 -> {
                Part part = chance() ? PART : PART.as(name());
                yield joins(
                        db.select(part.ID).from(part),
                        List.of(
                                part.maintenance(),
                                part.maintenance().court(),
                                part.maintenance().court().booking(),
                                part.maintenance().court().booking().member()));
            }
            case 1 -> {
                Maintenance maintenance = chance() ? MAINTENANCE : MAINTENANCE.as(name());
                yield joins(
                        db.select(maintenance.ID).from(maintenance),
                        List.of(
                                maintenance.court(),
                                maintenance.court().booking(),
                                maintenance.part(),
                                maintenance.court().booking().member().member()));
            }
            case 2 -> {
                Booking booking = chance() ? BOOKING : BOOKING.as(name());
                yield joins(
                        db.select(booking.ID).from(booking),
                        List.of(
                                booking.court(),
                                booking.member(),
                                booking.member().member(),
                                booking.court().maintenance(),
                                booking.court().maintenance().part()));
            }
            default -> {
                Court court = chance() ? COURT : COURT.as(name());
                yield joins(
                        db.select(court.ID).from(court),
                        List.of(
                                court.booking(),
                                court.maintenance(),
                                court.maintenance().part(),
                                court.booking().member()));
            }
        };
    }

    private Query joins(SelectJoinStep<? extends Record> from, List<? extends Path<?>> paths) {
        Path<?> last = pick(paths);
        SelectJoinStep<? extends Record> joined = join(from, last);
        Path<?> next = pick(paths);
        if (chance() && !next.equals(last)) {
            joined = join(joined, next);
            last = next;
        }
        return chance() ? joined.where(id(last).gt(random.nextInt(3)).or(id(last).isNull())) : joined;
    }

    private SelectJoinStep<? extends Record> join(SelectJoinStep<? extends Record> from, Path<?> path) {
        SelectOptionalOnStep<? extends Record> joined = switch (random.nextInt(4)) {
            case 0 -> from.join(path);
            case 1 -> from.rightJoin(path);
            case 2 -> from.fullJoin(path);
            default -> from.leftJoin(path);
        };
        return chance(3) ? on(joined, path) : joined;
    }

    private SelectOnConditionStep<? extends Record> on(SelectOptionalOnStep<? extends Record> joined, Path<?> path) {
        return joined.on(id(path).gt(random.nextInt(30)));
    }

    private static Field<Integer> id(Path<?> path) {
        return ((Table<?>) path).field("id", Integer.class);
    }

    private Query implicit(DSLContext db) {
        Booking booking = chance() ? BOOKING : BOOKING.as(name());
        Part part = chance() ? PART : PART.as(name());
        List<Field<?>> ofBooking = List.of(
                booking.court().NAME, booking.member().NAME, booking.member().member().NAME, booking.court().RATE);
        List<Field<?>> ofPart = List.of(
                part.maintenance().LABEL,
                part.maintenance().court().NAME,
                part.maintenance().court().RATE);
        DSLContext rendering = db.configuration()
                .deriveSettings(s -> s.withRenderImplicitJoinType(pick(List.of(
                        RenderImplicitJoinType.DEFAULT,
                        RenderImplicitJoinType.LEFT_JOIN,
                        RenderImplicitJoinType.SCALAR_SUBQUERY))))
                .dsl();
        return chance()
                ? rendering
                        .select(booking.ID, pick(ofBooking), pick(ofBooking).as(name()))
                        .from(booking)
                        .where(booking.court().RATE.gt(random.nextInt(20)))
                : rendering
                        .select(part.ID, pick(ofPart), DSL.coalesce(pick(ofPart).cast(String.class), "none"))
                        .from(part)
                        .orderBy(part.maintenance().COST, part.ID);
    }

    private Query names(DSLContext db) {
        Booking booking = BOOKING.as(name());
        Member member = MEMBER.as(other(booking.getName()));
        Maintenance maintenance = MAINTENANCE.as(other(booking.getName()));
        Condition members = booking.MEMBER_ID.eq(member.ID);
        Condition maintained = booking.COURT_ID.eq(maintenance.COURT_ID);
        return switch (random.nextInt(5)) {
            case 0 ->
                db.select(booking.ID, member.NAME)
                        .from(booking)
                        .fullJoin(member)
                        .on(members);
            case 1 ->
                db.select(booking.ID, maintenance.LABEL)
                        .from(booking)
                        .leftJoin(maintenance)
                        .on(maintained);
            case 2 ->
                db.select(booking.ID, maintenance.LABEL)
                        .from(maintenance)
                        .rightJoin(booking)
                        .on(maintained);
            case 3 ->
                db.select(booking.ID)
                        .from(booking)
                        .where(DSL.exists(DSL.selectOne().from(maintenance).where(maintained)))
                        .orderBy(booking.ID);
            default -> {
                String derived = name();
                yield db.select(DSL.field(DSL.name(derived, "id")))
                        .from(DSL.select(booking.ID)
                                .from(booking)
                                .fullJoin(member)
                                .on(members)
                                .asTable(derived));
            }
        };
    }

    private Query customParts(DSLContext db) {
        Booking booking = BOOKING.as("b");
        Member member = MEMBER.as("m");
        Condition either = either(booking.MEMBER_ID.eq(member.ID), member.ID.eq(random.nextInt(3)));
        Condition on = chance() ? either : either.and(either(booking.ID.gt(2), member.ID.isNull()));
        List<SelectField<?>> fields = List.of(booking.ID, member.NAME, field(booking.PRICE.gt(20), member.ID.gt(1)));
        return switch (random.nextInt(5)) {
            case 0 -> db.select(fields).from(booking).leftJoin(member).on(on);
            case 1 -> db.select(fields).from(booking).rightJoin(member).on(on);
            case 2 -> db.select(fields).from(booking).join(member).on(on).where(either(on, booking.ID.eq(1)));
            case 3 -> db.update(booking).set(booking.NOTE, "x").where(either(booking.ID.eq(1), booking.ID.eq(3)));
            default ->
                db.deleteFrom(booking)
                        .where(DSL.condition(field(booking.ID.eq(1), booking.PRICE.gt(20))))
                        .returning(booking.ID);
        };
    }

    private static Condition either(Condition one, Condition other) {
        return CustomCondition.of(context -> context.visit(one).sql(" or ").visit(other));
    }

    private static Field<Boolean> field(Condition one, Condition other) {
        return CustomField.of(
                "either",
                SQLDataType.BOOLEAN,
                context -> context.visit(one).sql(" or ").visit(other));
    }

    /** The same statement under settings that change what is rendered. */
    private Query settings(DSLContext db, Ids ids) {
        Settings settings = new Settings();
        switch (random.nextInt(6)) {
            case 0 -> settings.withRenderSchema(false);
            case 1 -> settings.withRenderQuotedNames(RenderQuotedNames.NEVER);
            case 2 -> settings.withStatementType(StatementType.STATIC_STATEMENT);
            case 3 -> settings.withRenderTable(RenderTable.WHEN_MULTIPLE_TABLES);
            case 4 ->
                settings.withRenderMapping(new RenderMapping()
                        .withSchemata(new MappedSchema().withInput("app").withOutput("app")));
            default ->
                settings.withRenderMapping(new RenderMapping()
                        .withSchemata(new MappedSchema()
                                .withInput("app")
                                .withTables(
                                        new MappedTable().withInput("counter").withOutput("counter"))));
        }
        DSLContext set = db.configuration().derive(settings).dsl();
        return switch (random.nextInt(4)) {
            case 0 -> pathJoins(set);
            case 1 -> constants(set, ids);
            case 2 ->
                set.insertInto(MAINTENANCE, MAINTENANCE.ID, MAINTENANCE.COURT_ID, MAINTENANCE.LABEL, MAINTENANCE.COST)
                        .values(9000 + ids.tenant(), ids.court(1), "x", 1);
            default -> set.update(MEMBER).set(MEMBER.CITY, "Basel").where(MEMBER.ID.gt(random.nextInt(4)));
        };
    }

    private Query constants(DSLContext db, Ids ids) {
        Field<Integer> number = pick(List.of(
                DSL.inline(7),
                DSL.val(7),
                DSL.inline((Integer) null),
                DSL.inline("7").coerce(Integer.class),
                DSL.val((Integer) null),
                DSL.castNull(Integer.class)));
        Field<String> text = pick(
                List.of(DSL.inline("x"), DSL.val("x"), DSL.inline((String) null), DSL.val((String) null), COURT.NAME));
        var one = DSL.select(COURT.ID.plus(900), COURT.ID, DSL.coalesce(number, 1), text)
                .from(COURT);
        var other = DSL.select(COURT.ID.plus(1900), COURT.ID, DSL.coalesce(number, 2), text)
                .from(COURT);
        var bookings = db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID, BOOKING.PRICE, BOOKING.NOTE);
        return switch (random.nextInt(5)) {
            case 0 -> bookings.select(one);
            case 1 -> bookings.select(one.unionAll(other));
            case 2 -> bookings.select(one.orderBy(COURT.ID).limit(2)).returning(BOOKING.ID, BOOKING.NOTE);
            case 3 ->
                db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID, BOOKING.MEMBER_ID)
                        .select(DSL.select(
                                        COURT.ID.plus(900),
                                        COURT.ID,
                                        chance() ? DSL.inline(1) : DSL.inline((Integer) null))
                                .from(COURT));
            default ->
                db.insertInto(TEMPLATE, TEMPLATE.ID, TEMPLATE.TENANT_ID, TEMPLATE.NAME, TEMPLATE.BODY)
                        .select(DSL.select(COURT.ID.plus(900), DSL.val(ids.uuid()), DSL.inline("y"), text)
                                .from(COURT));
        };
    }

    /** Executed several times, with other values each time. */
    private List<String> kept(DSLContext db) {
        List<String> results = new ArrayList<>();
        Booking booking = BOOKING.as(name());
        if (chance()) {
            Param<Integer> price = DSL.param("price", 5);
            ResultQuery<? extends Record> query = db.select(booking.ID, booking.NOTE)
                    .from(booking)
                    .where(booking.PRICE.gt(price))
                    .orderBy(booking.ID)
                    .keepStatement(true);
            for (int lowest : new int[] {5, 20, 40}) {
                results.addAll(query.bind("price", lowest).fetch().map(Record::toString));
            }
            query.keepStatement(false);
        } else {
            Query query = db.update(booking)
                    .set(booking.NOTE, "kept")
                    .where(booking.ID.eq(1))
                    .keepStatement(true);
            results.add(query.execute() + " and " + query.execute());
            query.keepStatement(false);
        }
        return results;
    }

    private Query changes(DSLContext db) {
        Booking booking = BOOKING.as(name());
        Part part = PART.as(name());
        Court court = COURT.as(other(booking.getName()));
        return switch (random.nextInt(6)) {
            case 0 -> db.deleteFrom(part).where(part.ID.gt(random.nextInt(2000)));
            case 1 ->
                db.update(part).set(part.NAME, "changed").where(part.ID.gt(0)).returning(part.ID);
            case 2 ->
                db.update(booking).set(booking.PRICE, court.RATE).from(court).where(court.ID.eq(booking.COURT_ID));
            case 3 ->
                db.deleteFrom(booking)
                        .using(court)
                        .where(court.ID.eq(booking.COURT_ID).and(court.RATE.gt(10)));
            case 4 ->
                db.update(MAINTENANCE)
                        .set(MAINTENANCE.LABEL, MAINTENANCE.court().NAME)
                        .where(MAINTENANCE.court().RATE.gt(random.nextInt(20)));
            default ->
                db.mergeInto(booking)
                        .using(court)
                        .on(court.ID.eq(booking.COURT_ID).and(booking.ID.eq(random.nextInt(6))))
                        .whenMatchedThenUpdate()
                        .set(booking.NOTE, court.NAME);
        };
    }

    private String name() {
        return pick(NAMES);
    }

    private String other(String taken) {
        String name = name();
        return cut(name).equals(cut(taken)) ? "o" : name;
    }

    /** What PostgreSQL leaves of a name; all of these are of one or two bytes a character. */
    private static String cut(String name) {
        return name.startsWith("\u00e4")
                ? name.substring(0, Math.min(31, name.length()))
                : name.substring(0, Math.min(63, name.length()));
    }

    private boolean chance() {
        return random.nextBoolean();
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T pick(List<? extends T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
