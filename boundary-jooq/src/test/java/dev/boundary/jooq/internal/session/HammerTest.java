package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_ID;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TENANT;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many tenants at once on few connections, on row-level security alone. */
@ExtendWith(SharedDatabase.class)
class HammerTest {

    private static final int CONNECTIONS = 8;
    private static final int TENANTS = 40;

    private static TestDatabase database;
    private static HikariDataSource pool;
    private static DSLContext db;

    @BeforeAll
    static void start(TestDatabase shared) throws Exception {
        database = shared;
        TestDatabase.execute(
                database.superuser(),
                "insert into note (tenant_id, text) select t, t || ':' || i from generate_series(101, "
                        + (100 + TENANTS) + ") t, generate_series(1, 5) i");
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.application());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(CONNECTIONS);
        config.setConnectionTimeout(300_000);
        pool = new HikariDataSource(config);
        db = Boundary.builder(SessionDatabase.schema())
                .layers(Layers.RLS_ONLY)
                .build()
                .dsl(pool);
    }

    @AfterAll
    static void stop() throws Exception {
        pool.close();
    }

    @Test
    void noRowOfAnotherTenantAndNothingLeftBehind() throws Exception {
        hammer(250, 2);
    }

    @Test
    @Tag("long")
    void noRowOfAnotherTenantIn100000Statements() throws Exception {
        hammer(1_000, 20);
    }

    /** Each thread executes rounds of five statements. */
    private static void hammer(int threads, int rounds) throws Exception {
        LongAdder statements = new LongAdder();
        AtomicLong foreignRows = new AtomicLong();
        List<Future<?>> work = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                long tenant = 101L + i % TENANTS;
                work.add(executor.submit(() -> TenantContext.where(TenantKey.of(tenant))
                        .run(() -> {
                            for (int round = 0; round < rounds; round++) {
                                foreignRows.addAndGet(fiveStatements(tenant, round));
                                statements.add(5);
                            }
                        })));
            }
        }
        for (Future<?> future : work) {
            future.get();
        }
        assertThat(statements.sum()).isEqualTo(5L * rounds * threads);
        assertThat(foreignRows).hasValue(0);
        assertThat(settingsLeft(pool, CONNECTIONS)).hasSize(CONNECTIONS).containsOnly("");
        assertThat(TenantContext.where(TenantKey.of(101L)).call(() -> db.fetchCount(NOTE)))
                .isEqualTo(5);
    }

    /** Two in autocommit, one that fails, two in a transaction that is rolled back every other time. */
    private static long fiveStatements(long tenant, int round) {
        long foreign = foreign(db, tenant);
        foreign +=
                db.update(NOTE).set(NOTE_TEXT, tenant + ":" + round).returning(NOTE_TENANT).fetch(NOTE_TENANT).stream()
                        .filter(found -> found != tenant)
                        .count();
        assertThatThrownBy(() -> db.execute("select 1 / 0 from note")).isInstanceOf(DataAccessException.class);
        try {
            foreign += db.transactionResult(tx -> {
                Long id = Objects.requireNonNull(tx.dsl()
                        .insertInto(NOTE)
                        .columns(NOTE_TEXT)
                        .values(tenant + ":new")
                        .returning(NOTE_ID)
                        .fetchSingle(NOTE_ID));
                if (round % 2 == 0) {
                    throw new Rollback();
                }
                return tx.dsl().deleteFrom(NOTE).where(NOTE_ID.eq(id)).execute() - 1L;
            });
        } catch (Rollback _) {
            foreign += foreign(db, tenant);
        }
        return foreign;
    }

    private static long foreign(DSLContext context, long tenant) {
        List<Long> tenants = context.select(NOTE_TENANT).from(NOTE).fetch(NOTE_TENANT);
        assertThat(tenants).hasSizeGreaterThanOrEqualTo(5);
        return tenants.stream().filter(found -> found != tenant).count();
    }

    /** The session variable on that many connections of the pool. */
    static List<String> settingsLeft(DataSource pool, int connections) throws SQLException {
        List<Connection> all = new ArrayList<>();
        List<String> values = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                Connection connection = pool.getConnection();
                all.add(connection);
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery(
                                "select coalesce(current_setting('app.current_tenant_id', true), '')")) {
                    row.next();
                    values.add(row.getString(1));
                }
            }
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
        return values;
    }

    private static final class Rollback extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
