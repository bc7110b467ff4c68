package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.CURRENCY;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_ID;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TENANT;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.SQLDialect;
import org.jooq.conf.StatementType;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A million statements of all kinds by many tenants on few connections, half of them with both layers and half with
 * row-level security alone, with errors, rollbacks, savepoints, cancellations and connections that are ended.
 *
 * <p>The number is {@code -Dboundary.soak.statements}.
 */
@Tag("long")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
@NullUnmarked // jOOQ says of every value that it may be null
class SoakTest {

    private static final long STATEMENTS = Long.getLong("boundary.soak.statements", 1_000_000);
    private static final int CONNECTIONS = 8;
    private static final int THREADS = 500;
    private static final long TENANTS = 50;
    private static final int NOTES = 5;
    private static final long CANCEL_EVERY_NANOS = 10_000_000;

    /** How a statement may fail here: ended, cancelled, too late, deadlock, division by zero, failed before. */
    private static final Set<String> EXPECTED =
            Set.of("57P01", "57014", "40P01", "22012", "25P02", "08006", "08003", "00000");

    private static TestDatabase database;
    private static HikariDataSource pool;
    private static DSLContext both;
    private static DSLContext rlsOnly;

    private final LongAdder statements = new LongAdder();
    private final LongAdder foreign = new LongAdder();
    private final AtomicLong started = new AtomicLong();
    private final Map<String, LongAdder> ends = new ConcurrentHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        database = SessionDatabase.create();
        TestDatabase.execute(
                database.superuser(),
                "truncate note",
                "insert into note (tenant_id, text) select t, t || ':' || i from generate_series(1, " + TENANTS
                        + ") t, generate_series(1, " + NOTES + ") i");
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.application());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(300_000);
        pool = new HikariDataSource(config);
        both = Boundary.builder(SessionDatabase.schema()).build().dsl(pool);
        rlsOnly = Boundary.builder(SessionDatabase.schema())
                .layers(Layers.RLS_ONLY)
                .build()
                .dsl(pool);
    }

    @AfterAll
    static void stop() throws Exception {
        pool.close();
        database.close();
    }

    /** Cancels whatever is running: again and again one statement of the application role, wherever it is just then. */
    private static void cancelSome(AtomicBoolean done) throws SQLException {
        try (Connection connection = database.superuser().getConnection();
                PreparedStatement cancel = connection.prepareStatement(
                        "select pg_cancel_backend(pid) from pg_stat_activity where usename = ? and datname ="
                                + " current_database() and state = 'active' order by random() limit 1")) {
            cancel.setString(1, database.roles().application());
            while (!done.get()) {
                cancel.execute();
                LockSupport.parkNanos(CANCEL_EVERY_NANOS);
            }
        }
    }

    @Test
    void noRowOfAnotherTenantAndNothingLeftBehind() throws Exception {
        List<Future<?>> work = new ArrayList<>();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService canceller = Executors.newSingleThreadExecutor();
        Future<?> cancels = canceller.submit(() -> {
            cancelSome(done);
            return null;
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(i);
                work.add(threads.submit(() -> {
                    while (started.get() < STATEMENTS) {
                        once(random);
                    }
                }));
            }
        }
        done.set(true);
        canceller.shutdown();
        cancels.get();
        for (Future<?> future : work) {
            future.get();
        }
        System.out.printf("Soak: %,d statements, ended by %s%n", statements.sum(), ends);
        assertThat(statements.sum()).isGreaterThanOrEqualTo(STATEMENTS);
        assertThat(foreign.sum()).isZero();
        assertThat(EXPECTED).containsAll(ends.keySet());
        assertThat(ends).containsKeys("57014", "22012");
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        assertThat(HammerTest.settingsLeft(pool, CONNECTIONS))
                .hasSize(CONNECTIONS)
                .containsOnly("");
        assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isLessThanOrEqualTo(CONNECTIONS);
        try (Connection all = database.superuser().getConnection()) {
            DSLContext everything = DSL.using(all, SQLDialect.POSTGRES);
            assertThat(everything.fetchValue("select count(*) from note where text not like tenant_id || ':%'"))
                    .isEqualTo(0L);
            assertThat(everything.fetchValue("select count(*) from note where text not like '%:new'"))
                    .isEqualTo(TENANTS * NOTES);
            assertThat(everything.fetchValue(
                            "select count(*) from pg_stat_activity where usename = ? and datname ="
                                    + " current_database() and state <> 'idle'",
                            database.roles().application()))
                    .isEqualTo(0L);
        }
    }

    /** One task as one tenant, which may fail as a whole. */
    private void once(Random random) {
        long tenant = random.nextLong(1, TENANTS + 1);
        Task task = new Task(random.nextBoolean() ? both : rlsOnly, tenant, random);
        try {
            TenantContext.where(TenantKey.of(tenant)).run(task::run);
        } catch (Rollback _) {
            // rolled back on purpose
        } catch (DataAccessException e) {
            ends.computeIfAbsent(String.valueOf(e.sqlState()), _ -> new LongAdder())
                    .increment();
        } finally {
            started.addAndGet(task.count);
            statements.add(task.count);
        }
    }

    private final class Task {
        private final DSLContext db;
        private final long tenant;
        private final Random random;
        private int count;

        Task(DSLContext db, long tenant, Random random) {
            this.db = db;
            this.tenant = tenant;
            this.random = random;
        }

        private void run() {
            int kind = random.nextInt(1_000);
            if (kind < 300) {
                select(db);
            } else if (kind < 400) {
                update(db);
            } else if (kind < 500) {
                insertAndDelete(db);
            } else if (kind < 560) {
                batch();
            } else if (kind < 600) {
                batched();
            } else if (kind < 650) {
                staticStatement();
            } else if (kind < 700) {
                untyped();
            } else if (kind < 750) {
                plainJdbc();
            } else if (kind < 800) {
                cursor();
            } else if (kind < 900) {
                transaction();
            } else if (kind < 950) {
                savepoints();
            } else if (kind < 994) {
                fails(db);
            } else if (kind < 999) {
                cancelled();
            } else {
                ended();
            }
        }

        /** Adds up the rows of other tenants. */
        private void check(List<Long> tenants) {
            count++;
            foreign.add(tenants.stream().filter(found -> found != tenant).count());
        }

        private void select(DSLContext on) {
            List<Long> tenants = on.select(NOTE_TENANT).from(NOTE).fetch(NOTE_TENANT);
            check(tenants);
            assertThat(tenants).hasSizeGreaterThanOrEqualTo(NOTES);
        }

        private void update(DSLContext on) {
            check(on.update(NOTE)
                    .set(NOTE_TEXT, tenant + ":" + random.nextInt())
                    .where(NOTE_TEXT.notLike("%:new"))
                    .and(NOTE_ID.mod(5L).eq((long) random.nextInt(5)))
                    .returning(NOTE_TENANT)
                    .fetch(NOTE_TENANT));
        }

        private void insertAndDelete(DSLContext on) {
            Long id = on.insertInto(NOTE, NOTE_TEXT)
                    .values(tenant + ":new")
                    .returning(NOTE_ID)
                    .fetchSingle(NOTE_ID);
            count++;
            check(on.deleteFrom(NOTE)
                    .where(NOTE_ID.eq(id))
                    .returning(NOTE_TENANT)
                    .fetch(NOTE_TENANT));
        }

        private void batch() {
            if (random.nextBoolean()) {
                db.batch(db.insertInto(NOTE, NOTE_TEXT).values((String) null))
                        .bind(tenant + ":new")
                        .bind(tenant + ":new")
                        .execute();
            } else {
                db.batch(
                                db.insertInto(NOTE, NOTE_TEXT).values(tenant + ":new"),
                                db.insertInto(NOTE, NOTE_TEXT).values(tenant + ":new"))
                        .execute();
            }
            count += 2;
            check(db.deleteFrom(NOTE)
                    .where(NOTE_TEXT.like("%:new"))
                    .returning(NOTE_TENANT)
                    .fetch(NOTE_TENANT));
        }

        private void batched() {
            db.batched(c -> {
                for (int i = 0; i < 3; i++) {
                    c.dsl().insertInto(NOTE, NOTE_TEXT).values(tenant + ":new").execute();
                    count++;
                }
            });
            db.deleteFrom(NOTE).where(NOTE_TEXT.like("%:new")).execute();
            count++;
        }

        private void staticStatement() {
            select(DSL.using(db.configuration()
                    .deriveSettings(settings -> settings.withStatementType(StatementType.STATIC_STATEMENT))));
        }

        /** With a parameter whose type the driver does not know. */
        private void untyped() {
            check(db.select(NOTE_TENANT)
                    .from(NOTE)
                    .where(DSL.val(LocalDate.EPOCH).isNotNull())
                    .fetch(NOTE_TENANT));
        }

        private void plainJdbc() {
            db.connection(c -> {
                List<Long> tenants = new ArrayList<>();
                try (PreparedStatement statement = c.prepareStatement("select tenant_id from note where id > ?")) {
                    statement.setLong(1, 0);
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            tenants.add(rows.getLong(1));
                        }
                    }
                }
                check(tenants);
            });
        }

        private void cursor() {
            db.transaction(tx -> {
                try (Cursor<Record1<Long>> cursor =
                        tx.dsl().select(NOTE_TENANT).from(NOTE).fetchSize(2).fetchLazy()) {
                    check(List.of(cursor.fetchNext().value1()));
                    select(tx.dsl());
                    check(cursor.fetch().getValues(NOTE_TENANT));
                }
            });
        }

        private void transaction() {
            db.transaction(tx -> {
                select(tx.dsl());
                update(tx.dsl());
                tx.dsl().fetchCount(CURRENCY);
                count++;
                insertAndDelete(tx.dsl());
                if (random.nextBoolean()) {
                    throw new Rollback();
                }
            });
        }

        private void savepoints() {
            db.transaction(tx -> {
                update(tx.dsl());
                try {
                    tx.dsl().transaction(nested -> {
                        select(nested.dsl());
                        if (random.nextBoolean()) {
                            fails(nested.dsl());
                        }
                        throw new Rollback();
                    });
                } catch (Rollback | DataAccessException _) {
                    select(tx.dsl()); // after ROLLBACK TO SAVEPOINT
                }
                update(tx.dsl());
            });
        }

        private void fails(DSLContext on) {
            count++;
            on.select(NOTE_ID.div(NOTE_ID.minus(NOTE_ID))).from(NOTE).fetch();
        }

        /** Runs until the canceller comes by. */
        private void cancelled() {
            count++;
            rlsOnly.fetch("select pg_sleep(3600), tenant_id from note");
        }

        private void ended() {
            count++;
            rlsOnly.fetch("select pg_terminate_backend(pg_backend_pid()), tenant_id from note");
        }
    }

    private static final class Rollback extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
