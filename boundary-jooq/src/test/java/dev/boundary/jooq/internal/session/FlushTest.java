package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_ID;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.TenantContext;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.time.LocalDate;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.conf.StatementType;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A statement takes as many network flushes with its tenant as it takes without: one. */
@ExtendWith(SharedDatabase.class)
class FlushTest {

    private static final int TIMES = 20;

    private static TestDatabase database;
    private static Connection connection;

    @BeforeAll
    static void start(TestDatabase shared) throws Exception {
        database = shared;
        connection = CountingSocketFactory.on(database.application()).getConnection();
    }

    @AfterAll
    static void stop() throws Exception {
        connection.close();
    }

    @Test
    void eachStatementInAutocommitIsOneFlush() {
        everyStatementIsOneFlush(new Settings());
    }

    @Test
    void eachStaticStatementInAutocommitIsOneFlush() {
        everyStatementIsOneFlush(new Settings().withStatementType(StatementType.STATIC_STATEMENT));
    }

    private static void everyStatementIsOneFlush(Settings settings) {
        DSLContext db = dsl(settings);
        TenantContext.where(A).run(() -> {
            for (int i = 0; i < TIMES; i++) {
                oneFlush(() -> db.select(NOTE_ID, NOTE_TEXT)
                        .from(NOTE)
                        .where(NOTE_ID.eq(1L))
                        .fetch());
                oneFlush(() -> db.fetchCount(NOTE));
                oneFlush(() -> db.update(NOTE)
                        .set(NOTE_TEXT, "x")
                        .where(NOTE_ID.eq(1L))
                        .execute());
                oneFlush(() -> db.insertInto(NOTE)
                        .columns(NOTE_TEXT)
                        .values("new")
                        .returning(NOTE_ID)
                        .fetch());
                oneFlush(() -> db.deleteFrom(NOTE).where(NOTE_TEXT.eq("new")).execute());
                oneFlush(() -> db.select(NOTE_TEXT)
                        .from(NOTE)
                        .where("?::date > current_date", LocalDate.EPOCH)
                        .fetch());
            }
        });
    }

    @Test
    void aTransactionHasAsManyAsWithoutBoundary() {
        DSLContext bound = dsl(new Settings());
        DSLContext bare = DSL.using(connection, SQLDialect.POSTGRES);
        long without = flushesOfTransaction(bare, "select set_config('app.current_tenant_id', '1', true)") - 1;
        for (int i = 0; i < TIMES; i++) {
            assertThat(TenantContext.where(A).call(() -> flushesOfTransaction(bound)))
                    .isEqualTo(without);
        }
    }

    @Test
    void aBatchTakesTwoMoreInAutocommitAndOneInATransaction() {
        DSLContext db = dsl(new Settings());
        TenantContext.where(A).run(() -> {
            batch(db); // the driver asks for the types of the parameters once
            assertThat(CountingSocketFactory.flushesOf(() -> batch(db))).isEqualTo(3);
            db.transaction(tx -> {
                tx.dsl().fetchCount(NOTE);
                assertThat(CountingSocketFactory.flushesOf(() -> batch(tx.dsl())))
                        .isEqualTo(2);
            });
        });
    }

    private static void batch(DSLContext db) {
        db.batch(db.update(NOTE).set(NOTE_TEXT, (String) null))
                .bind("x")
                .bind("y")
                .execute();
    }

    private static long flushesOfTransaction(DSLContext db, String... first) {
        return CountingSocketFactory.flushesOf(() -> db.transaction(tx -> {
            for (String sql : first) {
                tx.dsl().fetch(sql);
            }
            tx.dsl().select(NOTE_ID, NOTE_TEXT).from(NOTE).where(NOTE_ID.eq(1L)).fetch();
            tx.dsl().update(NOTE).set(NOTE_TEXT, "x").where(NOTE_ID.eq(1L)).execute();
        }));
    }

    private static DSLContext dsl(Settings settings) {
        return Boundary.builder(SessionDatabase.schema())
                .layers(Layers.RLS_ONLY)
                .build()
                .dsl(new DefaultConfiguration()
                        .set(DSL.using(connection, SQLDialect.POSTGRES)
                                .configuration()
                                .connectionProvider())
                        .set(SQLDialect.POSTGRES)
                        .set(settings));
    }

    private static void oneFlush(Runnable statement) {
        assertThat(CountingSocketFactory.flushesOf(statement)).isEqualTo(1);
    }
}
