package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.jooq.oracle.DslFunctions.Made;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No expression that jOOQ's DSL builds from fields and constants is refused, whatever jOOQ renders for it. The test
 * calls all of the DSL, so it covers what a later version of jOOQ adds, too.
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

    private final DSLContext db = Clubs.renderer();
    private int accepted;

    static Stream<DataType<?>> types() {
        return DslFunctions.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    void functions(DataType<?> type) throws Exception {
        assertThat(refused(DslFunctions.functions(type))).isEqualTo(new TreeSet<>(NOT_IN_POSTGRESQL));
        assertThat(accepted).isGreaterThan(600);
    }

    @ParameterizedTest
    @MethodSource("types")
    void methodsOfFields(DataType<?> type) throws Exception {
        assertThat(refused(DslFunctions.methods(type))).isEmpty();
        assertThat(accepted).isGreaterThan(100);
    }

    @Test
    void aFunctionOfUnknownOriginIsRefused() throws Exception {
        Field<?> unknown = DSL.function("stray", SQLDataType.INTEGER);
        assertThat(isRefused(unknown)).isTrue();
    }

    private Set<String> refused(List<Made> fields) throws Exception {
        Set<String> refused = new TreeSet<>();
        for (Made made : fields) {
            if (isRefused(made.field())) {
                refused.add(made.method());
            } else {
                accepted++;
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
}
