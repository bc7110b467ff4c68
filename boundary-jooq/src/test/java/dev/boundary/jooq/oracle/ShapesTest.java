package dev.boundary.jooq.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.jooq.oracle.Oracle.Case;
import dev.boundary.jooq.oracle.Oracle.Ids;
import dev.boundary.jooq.oracle.Oracle.Judgement;
import dev.boundary.jooq.oracle.Oracle.Layers;
import dev.boundary.jooq.oracle.Oracle.Verdict;
import dev.boundary.jooq.oracle.ShapeGroup.Treatment;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.VisitListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every statement shape, against the truth. */
class ShapesTest {

    @SuppressWarnings("NullAway.Init")
    private static Oracle oracle;

    @BeforeAll
    static void start() throws SQLException {
        oracle = new Oracle(Clubs.queryLayer());
    }

    @AfterAll
    static void stop() throws SQLException {
        oracle.close();
    }

    /** For one tenant or another. */
    @TestFactory
    Stream<DynamicTest> rewrittenExactly() {
        AtomicInteger turn = new AtomicInteger();
        return rewritten(_ -> IntStream.of(1 + turn.getAndIncrement() % Oracle.TENANTS));
    }

    @TestFactory
    @Tag("long")
    Stream<DynamicTest> rewrittenExactlyForEachTenant() {
        return rewritten(_ -> IntStream.rangeClosed(1, Oracle.TENANTS));
    }

    private static Stream<DynamicTest> rewritten(Function<Case, IntStream> tenants) {
        return Shapes.of(Treatment.REWRITTEN, Treatment.UNTOUCHED).stream()
                .map(shape -> DynamicTest.dynamicTest(shape.shape(), () -> {
                    for (int tenant : tenants.apply(shape).toArray()) {
                        for (Layers layers : Layers.values()) {
                            assertExact(shape, tenant, layers);
                        }
                    }
                }));
    }

    /** PostgreSQL rejects a MERGE that matches what its policies forbid. */
    private static void assertExact(Case shape, int tenant, Layers layers) throws SQLException {
        Judgement judgement = oracle.judge(shape, new Ids(tenant), layers);
        assertThat(judgement.verdict())
                .as(judgement.detail())
                .isIn(layers == Layers.RLS ? EnumSet.of(Verdict.SAME, Verdict.REFUSED) : EnumSet.of(Verdict.SAME));
    }

    @TestFactory
    Stream<DynamicTest> refused() {
        return Shapes.of(Treatment.REFUSED).stream()
                .map(shape -> DynamicTest.dynamicTest(shape.shape(), () -> {
                    Judgement judgement = oracle.judge(shape, new Ids(1), Layers.QUERY);
                    assertThat(judgement.verdict()).as(judgement.detail()).isEqualTo(Verdict.REFUSED);
                }));
    }

    /** The negative control: what the oracle says without a query layer. */
    @Test
    void withoutTheQueryLayerTheOracleSeesLeaks() throws SQLException {
        List<Case> shapes = Shapes.of(Treatment.REWRITTEN);
        int leaks = 0;
        for (Case shape : shapes) {
            Verdict verdict = oracle.judge(shape, new Ids(1), Layers.QUERY, () -> new VisitListener() {})
                    .verdict();
            if (verdict == Verdict.LEAK || verdict == Verdict.WRONG) {
                leaks++;
            }
        }
        assertThat(leaks).isGreaterThan(shapes.size() * 7 / 10);
    }
}
