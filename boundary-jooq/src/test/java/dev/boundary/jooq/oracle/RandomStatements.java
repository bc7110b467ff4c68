package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COUNTER;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.MAINTENANCE;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static dev.boundary.jooq.clubs.Tables.PART;
import static dev.boundary.jooq.clubs.Tables.TEMPLATE;

import dev.boundary.jooq.oracle.Oracle.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jooq.SelectFinalStep;
import org.jooq.SelectHavingStep;
import org.jooq.Table;
import org.jooq.WithStep;
import org.jooq.impl.CustomCondition;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Statements put together at random: joins of all kinds, nested queries of all kinds, set operations, common table
 * expressions, and statements that change rows. A seed gives the same statement every time.
 */
final class RandomStatements {

    /** Where rows come from, and what can be compared. */
    private record Source(Table<?> table, List<Field<Integer>> numbers, List<Field<String>> texts) {}

    private static final List<Table<?>> TABLES =
            List.of(BOOKING, BOOKING, MEMBER, MEMBER, COURT, MAINTENANCE, PART, TEMPLATE, COUNTER);

    private final Random random;
    private int aliases;

    private RandomStatements(long seed) {
        this.random = new Random(seed);
    }

    static Case of(long seed) {
        String shape = new RandomStatements(seed).kind();
        return new Case(shape + " (seed " + seed + ")", ids -> db -> new RandomStatements(seed).statement(db, ids));
    }

    /** Whether statements of this kind hide a table so well that the query layer may refuse them. */
    static boolean mayBeRefused(String kind) {
        return kind.equals("hidden table");
    }

    private String kind() {
        return switch (random.nextInt(30)) {
            case 0, 1 -> "update";
            case 2, 3 -> "delete";
            case 4 -> "insert ... select";
            case 5 -> "merge";
            case 6 -> "upsert";
            case 7, 8 -> "set operation";
            case 9, 10 -> "cte";
            case 11, 12 -> "change with a cte of the name of its table";
            case 13, 14 -> "insert of children";
            case 15, 16 -> "a subquery in every clause";
            case 17, 18 -> "the same tables in aliased joins";
            case 19, 20 -> "hidden table";
            default -> "select";
        };
    }

    private Query statement(DSLContext db, Oracle.Ids ids) {
        return switch (kind()) {
            case "update" -> update(db);
            case "delete" -> delete(db);
            case "insert ... select" -> insert(db);
            case "merge" -> merge(db);
            case "upsert" -> upsert(db, ids);
            case "set operation" -> setOperation(3);
            case "cte" -> cte(db);
            case "change with a cte of the name of its table" -> changeWithCte(db, ids);
            case "insert of children" -> children(db, ids);
            case "a subquery in every clause" -> everywhere(db);
            case "the same tables in aliased joins" -> aliasedJoins(db);
            case "hidden table" -> hidden(db);
            default -> select(List.of(), 3);
        };
    }

    /** PostgreSQL changes the table, whatever WITH declares under its name; what is read is the expression. */
    private Query changeWithCte(DSLContext db, Oracle.Ids ids) {
        Select<?> body = DSL.select(BOOKING.ID.as("n1"), BOOKING.STATUS.as("t1"))
                .from(BOOKING)
                .where(condition(List.of(of(BOOKING)), 2));
        Select<Record1<Integer>> read = DSL.select(DSL.field(DSL.name("n1"), Integer.class))
                .from(DSL.table(DSL.name("booking")).as(alias()));
        WithStep with = db.with("booking").as(body);
        return switch (random.nextInt(5)) {
            case 0 -> with.delete(BOOKING).where(BOOKING.ID.in(read));
            case 1 -> with.delete(DSL.table(DSL.name("booking")));
            case 2 -> with.update(BOOKING).set(BOOKING.NOTE, "changed").where(BOOKING.ID.notIn(read));
            case 3 ->
                with.update(DSL.table(DSL.name("app", "booking")))
                        .set(DSL.field(DSL.name("note"), String.class), "changed");
            default ->
                with.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID)
                        .select(DSL.select(DSL.rowNumber().over().plus(5000), DSL.inline(ids.court(1)))
                                .from(DSL.table(DSL.name("booking")).as(alias())));
        };
    }

    /** The foreign key decides the tenant: a value, a subquery, a function of one, a computed value. */
    private Query children(DSLContext db, Oracle.Ids ids) {
        List<Field<Integer>> keys = List.of(
                DSL.val(ids.court(1)),
                DSL.field(DSL.select(DSL.min(COURT.ID))
                        .from(COURT)
                        .where(condition(List.of(of(COURT)), 0).or(COURT.RATE.gt(0)))),
                DSL.coalesce(DSL.field(DSL.select(DSL.max(COURT.ID)).from(COURT)), 0),
                DSL.val(ids.court(2))
                        .minus(DSL.field(DSL.selectDistinct(DSL.inline(1)).from(COURT))),
                DSL.greatest(
                        DSL.field(DSL.select(DSL.min(BOOKING.court().ID)).from(BOOKING)),
                        DSL.field(DSL.select(DSL.min(COURT.ID)).from(COURT))));
        var insert =
                db.insertInto(MAINTENANCE, MAINTENANCE.ID, MAINTENANCE.COURT_ID, MAINTENANCE.LABEL, MAINTENANCE.COST);
        for (int row = 0; row <= random.nextInt(3); row++) {
            insert = insert.values(
                    DSL.val(90000 + 10 * ids.tenant() + row), pick(keys), DSL.field(text(List.of(), 1)), DSL.val(1));
        }
        return chance(2)
                ? insert
                : insert.returningResult(
                        MAINTENANCE.COURT_ID, DSL.field(DSL.selectCount().from(base().table())));
    }

    private Query everywhere(DSLContext db) {
        Source from = base();
        Source right = base();
        Field<Integer> n = number(from);
        Field<Integer> first = scalar(List.of());
        var joined = db.select(
                        first.as("a"),
                        DSL.max(DSL.when(n.gt(scalar(List.of(right))), 1).otherwise(0))
                                .as("b"),
                        DSL.count().filterWhere(n.gt(scalar(List.of(from)))).as("c"),
                        DSL.sum(DSL.count()).over().orderBy(scalar(List.of())).as("d"),
                        DSL.array(DSL.select(number(right).as("x"))
                                        .from(base().table())
                                        .where(DSL.falseCondition()))
                                .as("e"))
                .from(from.table())
                .leftJoin(right.table())
                .on(n.eq(scalar(List.of(right))).or(condition(List.of(from, right), 1)))
                .where(condition(List.of(from, right), 2))
                .groupBy(n, number(from), first, number(right), right.numbers().getLast())
                .having(DSL.count().ge(scalarCount()))
                .orderBy(scalar(List.of()), DSL.field(DSL.select(DSL.inline(1))))
                .limit(DSL.field(
                        DSL.select(DSL.count().plus(10_000)).from(base().table()))); // all of them: ties have no order
        return joined;
    }

    /** A number computed from rows, which depends on an outer row. */
    private Field<Integer> scalar(List<Source> outer) {
        Source inner = base();
        return DSL.field(DSL.select(DSL.coalesce(DSL.max(number(inner)), 0))
                .from(inner.table())
                .where(condition(both(outer, inner), 0)));
    }

    private Field<Integer> scalarCount() {
        Source inner = base();
        return DSL.field(
                DSL.select(DSL.count().minus(DSL.count())).from(inner.table()).where(condition(List.of(inner), 1)));
    }

    /** The alias of a join hides what is in it, so that the same table objects may stand beside it. */
    private Query aliasedJoins(DSLContext db) {
        Source one = base();
        Source two = base();
        Table<?> joined = join(one, two).as(alias());
        Table<?> again = chance(2) ? join(two, one).as(alias()) : one.table();
        return switch (random.nextInt(4)) {
            case 0 -> db.select(DSL.count()).from(one.table(), joined);
            case 1 -> db.select(DSL.count()).from(joined.crossJoin(again));
            case 2 ->
                db.select(DSL.count(), DSL.max(number(one)))
                        .from(one.table().leftJoin(joined).on(condition(List.of(one), 1)));
            default ->
                db.select(DSL.count())
                        .from(joined)
                        .fullJoin(join(two, one).as(alias()))
                        .on(DSL.trueCondition());
        };
    }

    /** Common table expressions that nothing declares, templates, names. */
    private Query hidden(DSLContext db) {
        Source from = base();
        CommonTableExpression<?> stray =
                DSL.name(pick(List.of("booking", "member", "court", "nothing"))).as(select(List.of(), 1));
        return switch (random.nextInt(6)) {
            case 0 -> db.select(DSL.count()).from(stray);
            case 1 -> db.select(DSL.count()).from(from.table(), stray);
            case 2 -> db.with(stray).select(DSL.count()).from(stray, from.table());
            case 3 ->
                db.with(stray)
                        .select(DSL.count())
                        .from(from.table())
                        .where(number(from)
                                .in(DSL.select(DSL.field(DSL.name("n1"), Integer.class))
                                        .from(stray)));
            case 4 ->
                db.select(number(from))
                        .from(from.table())
                        .where(DSL.condition("{0} or {1}", condition(List.of(from), 1), DSL.trueCondition()));
            default ->
                db.with("q")
                        .as(DSL.with(stray).select(DSL.count().as("n1")).from(stray))
                        .select(DSL.field(DSL.name("q", "n1")))
                        .from(DSL.table(DSL.name("q")), DSL.table(stray.getUnqualifiedName()));
        };
    }

    private Query update(DSLContext db) {
        Table<?> target = pick(List.of(BOOKING, MEMBER, COURT, MAINTENANCE, PART));
        Source source = of(target);
        Field<Integer> number = pick(source.numbers()
                .subList(source.numbers().size() - 1, source.numbers().size()));
        var set = chance(2)
                ? db.update(target).set(pick(source.texts()), "changed")
                : chance(2) && (target.equals(BOOKING) || target.equals(COURT))
                        ? db.update(target)
                                .set(
                                        target.equals(BOOKING) ? BOOKING.PRICE : COURT.RATE,
                                        number(source).plus(1))
                        : db.update(target).set(source.texts().getFirst(), DSL.field(text(List.of(source), 2)));
        if (chance(3)) {
            Source from = base();
            return set.from(from.table()).where(condition(List.of(source, from), 2));
        }
        return chance(2)
                ? set.where(condition(List.of(source), 2)).returning(number)
                : set.where(condition(List.of(source), 2));
    }

    private Field<Integer> number(Source source) {
        return pick(source.numbers());
    }

    /** One text for the whole statement, computed from rows. */
    private Select<? extends org.jooq.Record1<String>> text(List<Source> outer, int depth) {
        Source inner = base();
        return DSL.select(DSL.coalesce(DSL.max(pick(inner.texts())), DSL.inline("none")))
                .from(inner.table())
                .where(condition(both(outer, inner), depth - 1));
    }

    private Query delete(DSLContext db) {
        Table<?> target = pick(List.of(BOOKING, PART, TEMPLATE));
        Source source = of(target);
        if (chance(3)) {
            Source using = base();
            return db.deleteFrom(target).using(using.table()).where(condition(List.of(source, using), 2));
        }
        return chance(2)
                ? db.deleteFrom(target).where(condition(List.of(source), 2)).returning(number(source))
                : db.deleteFrom(target).where(condition(List.of(source), 2));
    }

    private Query insert(DSLContext db) {
        Source from = from(2);
        Field<Integer> id = DSL.rowNumber().over().plus(5000);
        return db.insertInto(MEMBER, MEMBER.ID, MEMBER.NAME)
                .select(DSL.select(id, DSL.inline("x")).from(from.table()).where(condition(List.of(from), 2)));
    }

    private Query upsert(DSLContext db, Oracle.Ids ids) {
        var insert = db.insertInto(BOOKING, BOOKING.ID, BOOKING.COURT_ID, BOOKING.PRICE)
                .values(1 + random.nextInt(20), ids.court(1), 1)
                .onConflict(BOOKING.TENANT_ID, BOOKING.ID);
        return chance(3)
                ? insert.doNothing()
                : insert.doUpdate()
                        .set(BOOKING.PRICE, DSL.excluded(BOOKING.PRICE).plus(BOOKING.PRICE))
                        .where(BOOKING.PRICE.gt(random.nextInt(30)));
    }

    private Query merge(DSLContext db) {
        Source source = base();
        Field<Integer> key = number(source);
        var on = db.mergeInto(BOOKING)
                .using(DSL.selectDistinct(key.as("k"))
                        .from(source.table())
                        .where(condition(List.of(source), 2).and(key.isNotNull()))
                        .asTable("s"))
                .on(BOOKING.ID.eq(DSL.field(DSL.name("s", "k"), Integer.class)));
        return chance(2)
                ? on.whenMatchedAnd(BOOKING.PRICE.gt(random.nextInt(40))).thenDelete()
                : on.whenMatchedThenUpdate().set(BOOKING.NOTE, DSL.field(text(List.of(), 1)));
    }

    private Query cte(DSLContext db) {
        Select<?> body = select(List.of(), 2);
        // Names of tables, too: a reference must mean the expression, and its body must mean the table.
        String name = pick(List.of("q", "booking", "member"));
        Source inner = new Source(DSL.table(DSL.name(name)).as(alias()), List.of(), List.of());
        Field<Integer> n = DSL.field(DSL.name(inner.table().getName(), "n1"), Integer.class);
        Source reference = new Source(inner.table(), List.of(n), List.of());
        Source other = base();
        return db.with(name)
                .as(body)
                .select(n, number(other))
                .from(join(reference, other))
                .where(condition(List.of(reference, other), 1));
    }

    private Select<Record> setOperation(int depth) {
        Select<Record> left = select(List.of(), depth - 1);
        Select<Record> right = chance(4) && depth > 1 ? setOperation(depth - 1) : select(List.of(), depth - 1);
        return switch (random.nextInt(5)) {
            case 0 -> left.union(right);
            case 1 -> left.unionAll(right);
            case 2 -> left.intersect(right);
            case 3 -> left.except(right);
            default -> left.exceptAll(right);
        };
    }

    /** Two columns, a number and a text, so that any two can be combined. */
    private Select<Record> select(List<Source> outer, int depth) {
        Source from = from(depth);
        List<Source> sources = both(outer, from);
        Condition where = condition(sources, depth);
        if (chance(5)) {
            return grouped(from, where);
        }
        List<SelectField<?>> fields =
                List.of(expression(from, depth).as("n1"), textOf(from).as("t1"));
        SelectHavingStep<Record> select = (chance(6) ? DSL.selectDistinct(fields) : DSL.select(fields))
                .from(from.table())
                .where(where);
        SelectFinalStep<Record> result = chance(5) ? select.orderBy(1, 2).limit(1 + random.nextInt(6)) : select;
        return result;
    }

    private Select<Record> grouped(Source from, Condition where) {
        Field<String> key = textOf(from);
        List<SelectField<?>> fields = List.of(
                pick(List.of(DSL.count(), DSL.max(number(from)), DSL.min(number(from))))
                        .as("n1"),
                key.as("t1"));
        var grouped = DSL.select(fields).from(from.table()).where(where).groupBy(key);
        return chance(2) ? grouped.having(DSL.count().gt(1)) : grouped;
    }

    private Field<Integer> expression(Source source, int depth) {
        if (depth > 1 && chance(5)) {
            Source inner = base();
            return DSL.field(
                    DSL.select(DSL.count()).from(inner.table()).where(condition(List.of(source, inner), depth - 2)));
        }
        return number(source);
    }

    private Field<String> textOf(Source source) {
        return source.texts().isEmpty() ? DSL.inline("-") : pick(source.texts());
    }

    private Condition condition(List<Source> sources, int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 5)) {
            case 0 -> DSL.trueCondition();
            case 1 -> any(sources).gt(random.nextInt(30));
            case 2 -> any(sources).isNotNull();
            case 3 -> any(sources).eq(any(sources));
            case 4 -> any(sources).le(any(sources).plus(random.nextInt(5)));
            case 5 -> condition(sources, depth - 1).or(condition(sources, depth - 1));
            case 6 -> condition(sources, depth - 1).and(condition(sources, depth - 1));
            case 7 -> DSL.not(condition(sources, depth - 1));
            case 11 -> {
                // Renders an OR without parentheses.
                Condition left = condition(sources, depth - 1);
                Condition right = condition(sources, depth - 1);
                yield CustomCondition.of(
                        context -> context.visit(left).sql(" or ").visit(right));
            }
            case 8 -> {
                Source inner = base();
                Select<?> query = DSL.selectOne().from(inner.table()).where(condition(both(sources, inner), depth - 1));
                yield chance(2) ? DSL.exists(query) : DSL.notExists(query);
            }
            case 9 -> {
                Source inner = base();
                Field<Integer> column = number(inner);
                var query = DSL.select(column)
                        .from(inner.table())
                        .where(condition(both(sources, inner), depth - 1).and(column.isNotNull()));
                yield chance(2) ? any(sources).in(query) : any(sources).notIn(query);
            }
            default -> {
                Source inner = base();
                yield any(sources)
                        .ge(DSL.select(DSL.coalesce(DSL.max(number(inner)), 0))
                                .from(inner.table())
                                .where(condition(both(sources, inner), depth - 1)));
            }
        };
    }

    private Field<Integer> any(List<Source> sources) {
        return pick(
                sources.stream().flatMap(source -> source.numbers().stream()).toList());
    }

    private Source from(int depth) {
        Source result = leaf(depth);
        for (int joins = random.nextInt(3); joins > 0; joins--) {
            Source right = chance(4) && depth > 1 ? from(depth - 1) : leaf(depth);
            result = new Source(
                    join(result, right),
                    Stream.concat(result.numbers().stream(), right.numbers().stream())
                            .toList(),
                    Stream.concat(result.texts().stream(), right.texts().stream())
                            .toList());
        }
        return result;
    }

    private Table<?> join(Source left, Source right) {
        Condition equal = number(left).eq(number(right));
        return switch (random.nextInt(7)) {
            case 0 -> left.table().crossJoin(right.table());
            case 1, 2 -> left.table().leftJoin(right.table()).on(equal);
            case 3 -> left.table().rightJoin(right.table()).on(equal);
            case 4 -> left.table().fullJoin(right.table()).on(equal);
            default -> left.table().join(right.table()).on(equal.or(condition(List.of(left, right), 0)));
        };
    }

    private Source leaf(int depth) {
        if (depth > 1 && chance(6)) {
            String alias = alias();
            Table<?> derived = (chance(3) ? setOperation(depth - 1) : select(List.of(), depth - 1)).asTable(alias);
            return new Source(
                    derived,
                    List.of(DSL.field(DSL.name(alias, "n1"), Integer.class)),
                    List.of(DSL.field(DSL.name(alias, "t1"), String.class)));
        }
        return base();
    }

    /** A table under an alias of its own, by its class or by its name. */
    private Source base() {
        Table<?> table = pick(TABLES);
        if (chance(6)) {
            String alias = alias();
            Table<?> named = DSL.table(DSL.name("app", table.getName())).as(alias);
            Source columns = of(table);
            return new Source(
                    named,
                    columns.numbers().stream()
                            .map(field -> DSL.field(DSL.name(alias, field.getName()), SQLDataType.INTEGER))
                            .toList(),
                    columns.texts().stream()
                            .map(field -> DSL.field(DSL.name(alias, field.getName()), SQLDataType.CLOB))
                            .toList());
        }
        return of(table.as(alias()));
    }

    @SuppressWarnings("unchecked")
    private static Source of(Table<?> table) {
        List<Field<Integer>> numbers = new ArrayList<>();
        List<Field<String>> texts = new ArrayList<>();
        for (Field<?> field : table.fields()) {
            if (field.getType() == Integer.class) {
                numbers.add((Field<Integer>) field);
            } else if (field.getType() == String.class) {
                texts.add((Field<String>) field);
            }
        }
        return new Source(table, numbers, texts);
    }

    private String alias() {
        return "t" + ++aliases;
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static List<Source> both(List<Source> sources, Source source) {
        return Stream.concat(sources.stream(), Stream.of(source)).toList();
    }
}
