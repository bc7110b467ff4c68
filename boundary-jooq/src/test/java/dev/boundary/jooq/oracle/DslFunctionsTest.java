package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.StatementRefusedException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing that jOOQ's DSL can make of fields and constants is refused, whatever jOOQ renders for it. Found by calling all
 * of it, so that what a later version of jOOQ brings is found, too.
 */
class DslFunctionsTest {

    /** jOOQ renders functions that PostgreSQL does not have. */
    private static final Set<String> NOT_IN_POSTGRESQL = Set.of(
            "jsonInsert",
            "jsonRemove",
            "jsonReplace",
            "jsonSet",
            "jsonbInsert",
            "jsonbRemove",
            "jsonbReplace",
            "jsonbSet",
            "substringIndex");

    private static final DSLContext PLAIN = DSL.using(SQLDialect.POSTGRES);

    private final DSLContext db = Clubs.renderer();
    private int accepted;

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

    @ParameterizedTest
    @MethodSource("types")
    void functions(DataType<?> type) throws Exception {
        assertThat(refused(DSL.class, null, DSL.field(DSL.name("x"), type)))
                .isEqualTo(new TreeSet<>(NOT_IN_POSTGRESQL));
        assertThat(accepted).isGreaterThan(600);
    }

    @ParameterizedTest
    @MethodSource("types")
    void methodsOfFields(DataType<?> type) throws Exception {
        Field<?> field = DSL.field(DSL.name("x"), type);
        assertThat(refused(Field.class, field, field)).isEmpty();
        assertThat(accepted).isGreaterThan(100);
    }

    @Test
    void aFunctionOfUnknownOriginIsRefused() throws Exception {
        Field<?> unknown = DSL.function("stray", SQLDataType.INTEGER);
        assertThat(isRefused(unknown)).isTrue();
    }

    private Set<String> refused(Class<?> type, Object on, Field<?> field) throws Exception {
        Set<String> refused = new TreeSet<>();
        for (Method method : type.getMethods()) {
            List<Object> arguments = arguments(method, field);
            if (arguments == null || Modifier.isStatic(method.getModifiers()) != (on == null)) {
                continue;
            }
            Field<?> made = call(method, on, arguments);
            if (made != null && isRendered(made)) {
                if (isRefused(made)) {
                    refused.add(method.getName());
                } else {
                    accepted++;
                }
            }
        }
        return refused;
    }

    private boolean isRefused(Field<?> field) throws Exception {
        try {
            Clubs.asNorth(() -> db.render(db.select(field).from(BOOKING)));
            return false;
        } catch (StatementRefusedException e) {
            return true;
        }
    }

    private static boolean isRendered(Field<?> field) {
        try {
            return !PLAIN.render(field).isEmpty();
        } catch (RuntimeException e) {
            return false; // not for PostgreSQL, or not for these arguments
        }
    }

    private static Field<?> call(Method method, Object on, List<Object> arguments) throws IllegalAccessException {
        try {
            Object made = method.invoke(on, arguments.toArray());
            return switch (made) {
                case Condition condition -> DSL.field(condition);
                case SortField<?> order -> null;
                case Field<?> field -> field;
                case null, default -> null;
            };
        } catch (InvocationTargetException | IllegalArgumentException e) {
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
