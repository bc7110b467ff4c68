package dev.boundary.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.benchmarks.subject.BookingRow;
import dev.boundary.benchmarks.subject.Scenario;
import dev.boundary.benchmarks.subject.Subject;
import dev.boundary.benchmarks.subject.SubjectKind;
import dev.boundary.benchmarks.subject.Task;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A comparison is worth nothing if the subjects do not do the same work. */
class SubjectsTest {

    private static final DataSize SIZE = DataSize.TINY;
    private static final List<Scenario> READS = List.of(Scenario.READ_ROW, Scenario.READ_RANGE, Scenario.READ_JOIN);

    // More than the five executions after which the driver names prepared statements.
    private static final int TASKS = 8;

    private static Databases databases;
    private static final Map<Scenario, List<Object>> EXPECTED = new EnumMap<>(Scenario.class);

    @BeforeAll
    static void create() throws Exception {
        databases = Databases.create(SIZE);
        try (Subject base = SubjectKind.JOOQ.open(databases.direct())) {
            for (Scenario scenario : READS) {
                EXPECTED.put(scenario, results(base, scenario));
            }
        }
        assertThat(EXPECTED.get(Scenario.READ_ROW))
                .allSatisfy(row -> assertThat((List<?>) row).hasSize(1));
        assertThat(EXPECTED.get(Scenario.READ_RANGE))
                .allSatisfy(rows -> assertThat((List<?>) rows).hasSize(Scenario.RANGE_SIZE));
        assertThat(EXPECTED.get(Scenario.READ_JOIN))
                .allSatisfy(rows -> assertThat((List<?>) rows).hasSize(SIZE.bookings() / SIZE.customers()));
    }

    @AfterAll
    static void drop() throws SQLException {
        databases.close();
    }

    @ParameterizedTest
    @EnumSource
    void readsTheSameAndWritesAsMuch(SubjectKind kind) throws Exception {
        try (Subject subject = kind.open(databases.direct())) {
            for (Scenario scenario : READS) {
                assertThat(withoutStates(results(subject, scenario)))
                        .as("%s", scenario)
                        .isEqualTo(withoutStates(EXPECTED.getOrDefault(scenario, List.of())));
            }
            assertThat(results(subject, Scenario.INSERT)).containsOnly(1);
            assertThat(results(subject, Scenario.BATCH)).containsOnly(Scenario.BATCH_SIZE);
            for (int i = 0; i < TASKS; i++) {
                Task task = SIZE.task(i);
                assertThat((List<?>) subject.perform(Scenario.TRANSACTION, task))
                        .map(row -> ((BookingRow) row).id())
                        .containsExactly(task.booking(), task.booking());
            }
        }
    }

    @Test
    void boundaryWaitsForTheServerAsOftenAsHandWrittenCode() throws Exception {
        Map<Scenario, Double> base = FlushCount.of(SubjectKind.JOOQ, databases, SIZE);
        Map<Scenario, Double> both = FlushCount.of(SubjectKind.BOUNDARY, databases, SIZE);
        for (Scenario scenario : List.of(
                Scenario.READ_ROW, Scenario.READ_RANGE, Scenario.READ_JOIN, Scenario.INSERT, Scenario.TRANSACTION)) {
            assertThat(both.get(scenario)).as("%s", scenario).isEqualTo(base.get(scenario));
        }
        assertThat(both.get(Scenario.READ_ROW)).isEqualTo(1);
    }

    private static List<Object> results(Subject subject, Scenario scenario) throws Exception {
        List<Object> results = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            results.add(subject.perform(scenario, SIZE.task(i)));
        }
        return results;
    }

    // Subjects share a database, and their transactions change states.
    private static String withoutStates(List<Object> results) {
        return results.toString().replaceAll("state=[^,\\]]*", "");
    }
}
