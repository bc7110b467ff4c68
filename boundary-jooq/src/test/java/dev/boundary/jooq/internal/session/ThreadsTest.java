package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_ID;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.jooq.Boundary;
import dev.boundary.testing.postgresql.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.ExecuteListener;
import org.jooq.Record1;
import org.jooq.Result;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Threads that work for several tenants. */
@ExtendWith(SharedDatabase.class)
class ThreadsTest {

    private static TestDatabase database;
    private static HikariDataSource pool;

    @BeforeAll
    static void create(TestDatabase shared) {
        database = shared;
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.application());
        config.setMaximumPoolSize(4);
        pool = new HikariDataSource(config);
    }

    @AfterAll
    static void drop() {
        pool.close();
    }

    /** A context whose asynchronous calls run wherever the executor runs them. */
    private static DSLContext dsl(Executor executor) {
        return Boundary.builder(SessionDatabase.schema())
                .build()
                .dsl(new DefaultConfiguration()
                        .set(SQLDialect.POSTGRES)
                        .set(new DataSourceConnectionProvider(pool))
                        .set(executor));
    }

    private static ResultQuery<Record1<String>> texts(DSLContext db) {
        return db.select(NOTE_TEXT).from(NOTE).orderBy(NOTE_ID);
    }

    /** As a ForkJoin worker does that helps while it waits. */
    @Test
    void anAsynchronousQueryRunsInTheScopeInWhichItWasSubmitted() {
        DSLContext db = dsl(task -> TenantContext.where(A).run(task));
        CompletionStage<Result<Record1<String>>> rows =
                TenantContext.where(B).call(() -> texts(db).fetchAsync());
        assertThat(rows.toCompletableFuture().join().getValues(NOTE_TEXT)).containsExactly("b1", "b2");
    }

    @Test
    void anAsynchronousQueryWithoutAScopeNeverGetsOne() {
        DSLContext db = dsl(task -> TenantContext.where(A).run(task));
        assertThat(texts(db).fetchAsync().toCompletableFuture())
                .failsWithin(Duration.ofMinutes(1))
                .withThrowableThat()
                .withCauseInstanceOf(TenantNotSetException.class);
    }

    @Test
    void anAsynchronousTransactionRunsInTheScopeInWhichItWasSubmitted() {
        DSLContext db = dsl(task -> TenantContext.where(A).run(task));
        CompletionStage<List<String>> rows = TenantContext.where(B)
                .call(() -> db.transactionResultAsync(tx -> texts(tx.dsl()).fetch(NOTE_TEXT)));
        assertThat(rows.toCompletableFuture().join()).containsExactly("b1", "b2");
    }

    /**
     * jOOQ keeps the result in the query object. What it clears when the second execution is refused may be missing in
     * the first, which then fails, too.
     */
    @Test
    void aQueryThatAnotherThreadExecutesInAnotherScopeIsRefused() throws Exception {
        CountDownLatch executing = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        AtomicInteger turn = new AtomicInteger();
        DSLContext db =
                DSL.using(dsl(Runnable::run).configuration().deriveAppending(ExecuteListener.onExecuteStart(context -> {
                    if (turn.getAndIncrement() == 0) {
                        executing.countDown();
                        await(refused);
                    }
                })));
        ResultQuery<Record1<String>> shared = texts(db);
        CompletableFuture<List<String>> first = CompletableFuture.supplyAsync(
                () -> TenantContext.where(A).call(() -> shared.fetch(NOTE_TEXT)), Thread::startVirtualThread);
        executing.await();
        try {
            TenantContext.where(B)
                    .run(() -> assertThatExceptionOfType(StatementRefusedException.class)
                            .isThrownBy(shared::fetch)
                            .withMessageContaining("Another thread is executing"));
        } finally {
            refused.countDown();
        }
        assertThat(first.exceptionally(_ -> List.of("a1", "a2")).join()).containsExactly("a1", "a2");
        TenantContext.where(B).run(() -> assertThat(shared.fetch(NOTE_TEXT)).containsExactly("b1", "b2"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aQueryCanBeExecutedAgainWhenItsCursorIsClosed() {
        DSLContext db = dsl(Runnable::run);
        ResultQuery<Record1<String>> query = texts(db);
        TenantContext.where(A)
                .run(() -> db.transaction(tx -> {
                    query.attach(tx);
                    try (Cursor<Record1<String>> cursor = query.fetchLazy()) {
                        assertThat(cursor.fetchNext()).isNotNull();
                    }
                }));
        TenantContext.where(B)
                .run(() -> db.transaction(tx -> {
                    query.attach(tx);
                    assertThat(query.fetch(NOTE_TEXT)).containsExactly("b1", "b2");
                }));
    }
}
