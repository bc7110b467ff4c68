package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TENANT;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.postgresql.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Many clients through a PgBouncer in transaction mode share one server connection. */
class PgBouncerTest {

    private static TestDatabase database;
    private static PgBouncer bouncer;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = PgBouncer.program();
        if (program.isEmpty()) {
            System.err.println("""

                    ########################################################################
                    #  SKIPPED: PgBouncer is not installed, and this user cannot install   #
                    #  it. Run: apt-get install pgbouncer                                  #
                    ########################################################################
                    """);
        }
        assumeThat(program).as("PgBouncer").isPresent();
        database = SessionDatabase.create();
        bouncer = PgBouncer.start(program.get(), database);
    }

    @AfterAll
    static void stop() throws Exception {
        if (bouncer != null) {
            bouncer.close();
            database.close();
        }
    }

    @Test
    void noRowOfAnotherTenant() throws Exception {
        execute(5);
    }

    @Test
    @Tag("long")
    void noRowOfAnotherTenantInManyRounds() throws Exception {
        execute(15);
    }

    private static void execute(int rounds) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setDataSource(client());
        config.setMaximumPoolSize(8);
        List<Future<Integer>> work = new ArrayList<>();
        try (HikariDataSource pool = new HikariDataSource(config);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            DSLContext db = Boundary.builder(SessionDatabase.schema())
                    .layers(Layers.RLS_ONLY)
                    .build()
                    .dsl(pool);
            for (int i = 0; i < 20; i++) {
                TenantKey tenant = i % 2 == 0 ? A : B;
                work.add(threads.submit(() -> TenantContext.where(tenant).call(() -> foreignRows(db, tenant, rounds))));
            }
        }
        for (Future<Integer> future : work) {
            assertThat(future.get()).isZero();
        }
        try (Connection connection = client().getConnection()) {
            assertThat(setting(connection)).isEmpty();
        }
    }

    private static int foreignRows(DSLContext db, TenantKey tenant, int rounds) {
        int foreign = 0;
        for (int i = 0; i < rounds; i++) {
            foreign += foreign(db, tenant);
            foreign += db.transactionResult(tx -> {
                tx.dsl().update(NOTE).set(NOTE_TEXT, "x").execute();
                return foreign(tx.dsl(), tenant);
            });
            db.batch(db.query("update note set text = 'y'"), db.query("update note set text = 'z'"))
                    .execute();
            foreign += db
                    .select(NOTE_TENANT)
                    .from(NOTE)
                    .where(DSL.val(LocalDate.EPOCH).isNotNull())
                    .fetch(row -> row.value1().equals(tenant.value()) ? 0 : 1)
                    .stream()
                    .mapToInt(Integer::intValue)
                    .sum();
        }
        return foreign;
    }

    private static int foreign(DSLContext db, TenantKey tenant) {
        List<Long> tenants = db.select(NOTE_TENANT).from(NOTE).fetch(NOTE_TENANT);
        assertThat(tenants).hasSize(2);
        return (int)
                tenants.stream().filter(found -> !found.equals(tenant.value())).count();
    }

    @Test
    void aSettingForTheSessionWouldLeak() throws SQLException {
        try (Connection first = client().getConnection();
                Connection second = client().getConnection();
                Statement statement = first.createStatement()) {
            statement.execute("select set_config('app.current_tenant_id', '1', false)");
            assertThat(setting(second)).isEqualTo("1");
            statement.execute("select set_config('app.current_tenant_id', '', false)");
        }
    }

    // Before 1.21 PgBouncer knows nothing of prepared statements in transaction mode.
    private static PGSimpleDataSource client() {
        PGSimpleDataSource client = bouncer.through(database.application());
        client.setPrepareThreshold(0);
        return client;
    }

    private static String setting(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select coalesce(current_setting('app.current_tenant_id', true), '')")) {
            row.next();
            return row.getString(1);
        }
    }
}
