package dev.boundary.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.doctor.Rule.Severity;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The number of statements does not depend on the number of tables. */
@Isolated("it measures")
class LargeSchemaTest {

    private static final String PROTECT = """
            execute format('alter table %1$I enable row level security, force row level security', name);
            execute format('create policy p on %1$I to boundary_app using (tenant_id = (select boundary.current_tenant_id()))', name);
            execute format('create policy f on %1$I as restrictive to boundary_app using (tenant_id = (select boundary.current_tenant_id()))', name);
            execute format('grant select on %1$I to boundary_app', name);
            """;

    @Test
    void fiftyTablesAndFiftyPartitionsTakeAsManyStatementsAsSix() throws Exception {
        takesAsManyStatementsAsSixTables(50, 5, 10);
    }

    @Test
    @Tag("long")
    void fiveHundredTablesAndFiveThousandPartitionsTakeAsManyStatementsAsSix() throws Exception {
        takesAsManyStatementsAsSixTables(500, 50, 100);
    }

    private static void takesAsManyStatementsAsSixTables(int tables, int partitioned, int partitionsEach)
            throws Exception {
        try (TestDatabase database = DoctorDatabase.create()) {
            int few = examine(database, "small schema");
            TestDatabase.execute(database.superuser(), """
                    do $$ declare name text; begin
                      for i in 1..%d loop
                        name := 'plain_' || i;
                        execute format('create table %%I (tenant_id uuid not null, id uuid, a int, b text, c date, primary key (tenant_id, id))', name);
                        %s
                      end loop;
                    end $$""".formatted(tables - partitioned, PROTECT));
            // Not in one transaction: it would hold more locks than the server has room for.
            try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
                List<Future<@Nullable Void>> created = new ArrayList<>();
                for (int i = 1; i <= partitioned; i++) {
                    String parts = """
                            do $$ declare name text := 'parts_%d'; begin
                              execute format('create table %%I (tenant_id uuid not null, at int, primary key (tenant_id, at)) partition by range (at)', name);
                              for j in 1..%d loop
                                execute format('create table %%I partition of %%I for values from (%%s) to (%%s)', name || '_' || j, name, j, j + 1);
                              end loop;
                              %s
                            end $$""".formatted(i, partitionsEach, PROTECT);
                    created.add(executor.submit(() -> {
                        TestDatabase.execute(database.superuser(), parts);
                        return null;
                    }));
                }
                for (Future<@Nullable Void> each : created) {
                    each.get();
                }
            }
            assertThat(examine(database, tables + " tables, " + partitioned * partitionsEach + " partitions"))
                    .isEqualTo(few);
            TestDatabase.execute(database.superuser(), "grant select on parts_3_7 to boundary_app");
            try (Connection connection = database.application().getConnection()) {
                assertThat(Doctor.builder().build().examine(connection).atLeast(Severity.LOW))
                        .singleElement()
                        .extracting(Finding::key)
                        .isEqualTo("BND-042 table public.parts_3_7");
            }
        }
    }

    private static int examine(TestDatabase database, String what) throws SQLException {
        CountingConnection counter = new CountingConnection();
        try (Connection connection = database.application().getConnection()) {
            long start = System.nanoTime();
            Report report = Doctor.builder().build().examine(counter.wrap(connection));
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            System.out.printf("doctor: %s: %d statements, %d ms%n", what, counter.statements(), millis);
            assertThat(report.atLeast(Severity.LOW)).isEmpty();
        }
        return counter.statements();
    }
}
