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
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jooq.SelectFinalStep;
import org.jooq.SelectHavingStep;
import org.jooq.Table;
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

    private String kind() {
        int kind = random.nextInt(20);
        return switch (kind) {
            case 0, 1 -> "update";
            case 2, 3 -> "delete";
            case 4 -> "insert ... select";
            case 5 -> "merge";
            case 6 -> "upsert";
            case 7, 8 -> "set operation";
            case 9, 10 -> "cte";
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
            default -> select(List.of(), 3);
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
        return switch (random.nextInt(depth > 0 ? 11 : 5)) {
            case 0 -> DSL.trueCondition();
            case 1 -> any(sources).gt(random.nextInt(30));
            case 2 -> any(sources).isNotNull();
            case 3 -> any(sources).eq(any(sources));
            case 4 -> any(sources).le(any(sources).plus(random.nextInt(5)));
            case 5 -> condition(sources, depth - 1).or(condition(sources, depth - 1));
            case 6 -> condition(sources, depth - 1).and(condition(sources, depth - 1));
            case 7 -> DSL.not(condition(sources, depth - 1));
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
