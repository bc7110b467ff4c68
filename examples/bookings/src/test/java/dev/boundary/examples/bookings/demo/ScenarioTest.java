package dev.boundary.examples.bookings.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.examples.bookings.data.BookingSchema;
import dev.boundary.examples.bookings.demo.Attempt.Scope;
import dev.boundary.examples.bookings.demo.Outcome.Kind;
import dev.boundary.examples.bookings.demo.Scenario.Row;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.postgresql.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jooq.SQLDialect;
import org.jooq.VisitListenerProvider;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ScenarioTest {

    @Test
    void everyLayerHoldsWhatItShouldAndNothingHoldsWithoutOne() throws Exception {
        List<Row> rows = run(Protection.ALL);
        assertThat(rows).hasSameSizeAs(Attempts.ALL);
        assertThat(unexpected(rows)).isEmpty();
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.outcomes().get(Protection.NONE))
                        .extracting(Outcome::kind)
                        .isEqualTo(Kind.THROUGH));
        assertThat(verdict(rows)).isTrue();
    }

    /** The negative control of "RLS alone": take the policies away behind Boundary's back. */
    @Test
    @Tag("long")
    void withThePoliciesDroppedByHandRlsAloneFails() throws SQLException {
        AtomicReference<TestDatabase> database = new AtomicReference<>();
        Protection dropped = new Protection("RLS alone", true, false, pool -> {
            var db = Protection.RLS_ALONE.context().on(pool);
            try {
                Databases.strip(database.get());
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return db;
        });
        List<Row> rows = new ArrayList<>();
        for (Attempt attempt : Attempts.ALL) {
            try (TestDatabase fresh = Databases.withRls()) {
                database.set(fresh);
                rows.add(Row.of(attempt, dropped, Trial.of(attempt, dropped, fresh)));
            }
        }
        // Without a scope nothing is sent, policies or not.
        assertThat(unexpected(rows)).hasSize((int) Attempts.ALL.stream()
                .filter(attempt -> attempt.scope() == Scope.OWN)
                .count());
        assertThat(verdict(rows)).isFalse();
    }

    /** The negative control of "query layer alone": plain jOOQ. */
    @Test
    void withoutTheQueryLayerTheSameAttemptsGetThrough() throws Exception {
        Protection none =
                new Protection("query layer alone", false, true, pool -> DSL.using(pool, SQLDialect.POSTGRES));
        List<Row> rows = run(List.of(none));
        assertThat(unexpected(rows)).hasSizeGreaterThanOrEqualTo(Attempts.ALL.size() - 2);
        assertThat(verdict(rows)).isFalse();
    }

    /** The session layer sees that nobody rewrote the statements, so they are not sent. */
    @Test
    @Tag("long")
    void withItsListenerRemovedNothingGetsThrough() throws Exception {
        Protection removed = new Protection(
                "query layer alone",
                false,
                true,
                pool -> Boundary.builder(BookingSchema.TENANTS)
                        .layers(Layers.QUERY_ONLY)
                        .build()
                        .dsl(pool)
                        .configuration()
                        .derive(new VisitListenerProvider[0])
                        .dsl());
        assertThat(unexpected(run(List.of(removed)))).isEmpty();
    }

    @Test
    void theReportIsPlainTextUnlessColoursAreWanted() throws Exception {
        List<Row> rows = new Scenario(List.of(Attempts.ALL.getFirst()), Protection.ALL).run(row -> {});
        assertThat(printed(rows, false))
                .contains("Forgotten filter", "filtered by RLS", "GOT THROUGH")
                .doesNotContain("\033");
        assertThat(printed(rows, true)).contains("\033[32m");
    }

    private static List<Row> run(List<Protection> protections) throws Exception {
        return new Scenario(Attempts.ALL, protections).run(row -> {});
    }

    private static List<String> unexpected(List<Row> rows) {
        return rows.stream()
                .flatMap(row -> row.outcomes().entrySet().stream()
                        .filter(entry -> !entry.getValue().expected())
                        .map(entry ->
                                row.attempt().title() + ", " + entry.getKey().title() + ": " + entry.getValue()))
                .toList();
    }

    private static boolean verdict(List<Row> rows) {
        return new Report(new Paper(new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8), false))
                .verdict(rows);
    }

    private static String printed(List<Row> rows, boolean coloured) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Report report = new Report(new Paper(new PrintStream(bytes, true, StandardCharsets.UTF_8), coloured));
        rows.forEach(report::row);
        report.table(rows);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
