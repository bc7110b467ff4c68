package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.DatePart;
import org.jooq.Field;
import org.jooq.FieldOrRow;
import org.jooq.GroupField;
import org.jooq.OrderField;
import org.jooq.SQLDialect;
import org.jooq.SelectField;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** All that jOOQ's DSL makes of fields and constants and can render for PostgreSQL, found by calling it. */
final class DslFunctions {

    /** What a method made. */
    record Made(String method, Field<?> field) {}

    private static final DSLContext PLAIN = DSL.using(SQLDialect.POSTGRES);

    private DslFunctions() {}

    static Stream<DataType<?>> types() {
        return Stream.of(
                SQLDataType.INTEGER,
                SQLDataType.NUMERIC,
                SQLDataType.CLOB,
                SQLDataType.LOCALDATETIME,
                SQLDataType.TIMESTAMP,
                SQLDataType.JSONB,
                SQLDataType.BOOLEAN,
                SQLDataType.INTEGER.array());
    }

    static Field<?> column(DataType<?> type) {
        return DSL.field(DSL.name("x"), type);
    }

    /** What the static methods of {@link DSL} make of a column. */
    static List<Made> functions(DataType<?> type) {
        return made(DSL.class, null, column(type));
    }

    /** What the methods of a column make of it and another. */
    static List<Made> methods(DataType<?> type) {
        return made(Field.class, column(type), column(type));
    }

    private static List<Made> made(Class<?> type, Object on, Field<?> field) {
        return Arrays.stream(type.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()) == (on == null))
                .flatMap(method -> made(method, on, field).stream())
                .toList();
    }

    private static List<Made> made(Method method, Object on, Field<?> field) {
        List<Object> arguments = arguments(method, field);
        Field<?> made = arguments == null ? null : call(method, on, arguments);
        return made != null && isRendered(made) ? List.of(new Made(method.getName(), made)) : List.of();
    }

    private static boolean isRendered(Field<?> field) {
        try {
            return !PLAIN.render(field).isEmpty();
        } catch (RuntimeException e) {
            return false; // not for PostgreSQL, or not for these arguments
        }
    }

    private static Field<?> call(Method method, Object on, List<Object> arguments) {
        try {
            Object made = method.invoke(on, arguments.toArray());
            return switch (made) {
                case Condition condition -> DSL.field(condition);
                case SortField<?> order -> null;
                case Field<?> field -> field;
                case null, default -> null;
            };
        } catch (InvocationTargetException | IllegalArgumentException | IllegalAccessException e) {
            return null; // not for these arguments
        }
    }

    /** Arguments that are fields and constants; null if others are needed, texts for example, which could be SQL. */
    private static List<Object> arguments(Method method, Field<?> field) {
        List<Object> arguments = new ArrayList<>();
        for (Class<?> type : method.getParameterTypes()) {
            Object argument = argument(type, field);
            if (argument == null) {
                return null;
            }
            arguments.add(argument);
        }
        return arguments;
    }

    private static Object argument(Class<?> type, Field<?> field) {
        if (Set.of(Field.class, GroupField.class, SelectField.class, OrderField.class, FieldOrRow.class)
                .contains(type)) {
            return field;
        }
        if (type == Field[].class) {
            return new Field<?>[] {field};
        }
        if (type == Object[].class) {
            return new Object[] {1};
        }
        if (Set.of(int.class, Integer.class, Number.class, Object.class).contains(type)) {
            return 1;
        }
        if (type == char.class) {
            return 'x';
        }
        if (type == Condition.class) {
            return BOOKING.PRICE.gt(1);
        }
        if (type == DatePart.class) {
            return DatePart.DAY;
        }
        return type == DataType.class ? SQLDataType.INTEGER : type == Class.class ? Integer.class : null;
    }
}
