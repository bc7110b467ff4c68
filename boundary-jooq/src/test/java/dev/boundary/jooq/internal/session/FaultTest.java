package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_ID;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.core.TenantContext;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Connections that break, at every point of a statement: nothing is left behind, nothing done twice or half. */
@ExtendWith(SharedDatabase.class)
class FaultTest {

    private static TestDatabase database;
    private FaultProxy proxy;
    private HikariDataSource pool;
    private DSLContext db;

    @BeforeAll
    static void create(TestDatabase shared) {
        database = shared;
    }

    @BeforeEach
    void start() throws SQLException, IOException {
        SessionDatabase.reset(database);
        proxy = new FaultProxy(
                PostgresServer.shared().host(), PostgresServer.shared().port());
        open(10_000);
    }

    private void open(int connectionTimeout) {
        PGSimpleDataSource source = database.application();
        source.setServerNames(new String[] {"localhost"});
        source.setPortNumbers(new int[] {proxy.port()});
        source.setSslMode("disable");
        source.setGssEncMode("disable");
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(2);
        opensOnDemandOnly(config);
        config.setConnectionTimeout(connectionTimeout);
        pool = new HikariDataSource(config);
        db = Boundary.builder(SessionDatabase.schema())
                .layers(Layers.RLS_ONLY)
                .build()
                .dsl(pool);
    }

    /** So that the pool opens no connection while a test counts or cuts those that it knows. */
    static void opensOnDemandOnly(HikariConfig config) {
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
    }

    private void reopen(int connectionTimeout) {
        pool.close();
        open(connectionTimeout);
    }

    @AfterEach
    void stop() throws IOException {
        pool.close();
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEVER")
    void aStatementInAutocommit(FaultProxy.Cut cut) throws SQLException {
        proxy.cutOnce(cut);
        TenantContext.where(A)
                .run(() -> assertThatThrownBy(() ->
                                db.insertInto(NOTE, NOTE_TEXT).values("once").execute())
                        .isInstanceOf(DataAccessException.class));
        assertThat(proxy.hasCut()).isTrue();
        nothingIsLeftBehind();
        assertThat(count("once")).isEqualTo(cut == FaultProxy.Cut.BEFORE_THE_ANSWER ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEVER")
    void aTransaction(FaultProxy.Cut cut) throws SQLException {
        TenantContext.where(A)
                .run(() -> assertThatThrownBy(() -> db.transaction(tx -> {
                            tx.dsl().insertInto(NOTE, NOTE_TEXT).values("first").execute();
                            proxy.cutOnce(cut);
                            tx.dsl()
                                    .insertInto(NOTE, NOTE_TEXT)
                                    .values("second")
                                    .execute();
                        }))
                        .isInstanceOf(DataAccessException.class));
        assertThat(proxy.hasCut()).isTrue();
        nothingIsLeftBehind();
        assertThat(count("first") + count("second")).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NEVER", "BETWEEN_PREFIX_AND_STATEMENT"})
    void aBatch(FaultProxy.Cut cut) throws SQLException {
        TenantContext.where(A).run(() -> {
            proxy.cutOnce(cut);
            assertThatThrownBy(() -> db.batch(
                                    db.insertInto(NOTE, NOTE_TEXT).values("first"),
                                    db.insertInto(NOTE, NOTE_TEXT).values("second"))
                            .execute())
                    .isInstanceOf(DataAccessException.class);
        });
        assertThat(proxy.hasCut()).isTrue();
        nothingIsLeftBehind();
        assertThat(count("first") + count("second")).isZero();
    }

    @Test
    void theServerRestarts() throws SQLException, IOException {
        TenantContext.where(A).run(() -> db.fetchCount(NOTE));
        proxy.cutAll();
        pool.getHikariPoolMXBean().softEvictConnections(); // or the pool trusts them for half a second more
        nothingIsLeftBehind();
    }

    @Test
    void theServerEndsTheConnection() throws SQLException {
        TenantContext.where(A)
                .run(() -> assertThatThrownBy(
                                () -> db.fetch("select pg_terminate_backend(pg_backend_pid()), text from note"))
                        .isInstanceOf(DataAccessException.class));
        nothingIsLeftBehind();
    }

    @Test
    void aStatementTimeout() throws SQLException {
        TenantContext.where(A)
                .run(() -> db.transaction(tx -> {
                    tx.dsl().execute("set local statement_timeout = '50ms'");
                    assertThatThrownBy(() ->
                                    tx.dsl().transaction(nested -> nested.dsl().fetch("select pg_sleep(60) from note")))
                            .isInstanceOf(DataAccessException.class);
                    assertThat(tx.dsl().fetchCount(NOTE)).isEqualTo(2);
                }));
        nothingIsLeftBehind();
    }

    @Test
    void theServerIsAway() throws SQLException, IOException {
        reopen(1_000);
        TenantContext.where(A).run(() -> db.fetchCount(NOTE));
        proxy.refuse(true);
        proxy.cutAll();
        pool.getHikariPoolMXBean().softEvictConnections();
        TenantContext.where(A)
                .run(() -> assertThatThrownBy(() -> db.fetchCount(NOTE)).isInstanceOf(DataAccessException.class));
        proxy.refuse(false);
        awaitConnections();
        nothingIsLeftBehind();
    }

    /** The pool tries again after pauses that become longer, and a caller may give up before. */
    private void awaitConnections() throws SQLException {
        SQLException last = new SQLTransientConnectionException("never tried");
        for (int attempt = 0; attempt < 20; attempt++) {
            try (Connection _ = pool.getConnection();
                    Connection _ = pool.getConnection()) {
                return;
            } catch (SQLTransientConnectionException e) {
                last = e;
            }
        }
        throw last;
    }

    @Test
    void thePoolIsExhausted() throws SQLException {
        reopen(500);
        TenantContext.where(A).<Void, SQLException>call(() -> {
            db.fetchCount(NOTE);
            try (Connection _ = pool.getConnection();
                    Connection _ = pool.getConnection()) {
                assertThatThrownBy(() ->
                                db.insertInto(NOTE, NOTE_TEXT).values("never").execute())
                        .isInstanceOf(DataAccessException.class)
                        .hasRootCauseInstanceOf(SQLTransientConnectionException.class);
                assertThatThrownBy(() -> db.transaction(tx -> tx.dsl().fetchCount(NOTE)))
                        .isInstanceOf(DataAccessException.class);
            }
            return null;
        });
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        nothingIsLeftBehind();
        assertThat(count("never")).isZero();
    }

    /** On one connection without a pool, which would test it now and then. */
    @Test
    void eachStatementIsOneRoundTrip() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            DSLContext one = Boundary.builder(SessionDatabase.schema())
                    .layers(Layers.RLS_ONLY)
                    .build()
                    .dsl(new SingleConnectionDataSource(connection, true));
            TenantContext.where(A).run(() -> {
                one.fetchCount(NOTE);
                int before = proxy.roundTrips();
                for (int i = 0; i < 10; i++) {
                    one.select(NOTE_TEXT).from(NOTE).where(NOTE_ID.gt(0L)).fetch();
                }
                assertThat(proxy.roundTrips() - before).isEqualTo(10);
            });
        }
    }

    /** No connection of the pool has a tenant, and the next tenant sees its own rows only. */
    private void nothingIsLeftBehind() throws SQLException {
        try (Connection first = pool.getConnection();
                Connection second = pool.getConnection()) {
            assertThat(setting(first)).isEmpty();
            assertThat(setting(second)).isEmpty();
        }
        List<String> texts = TenantContext.where(B)
                .call(() -> db.select(NOTE_TEXT).from(NOTE).orderBy(NOTE_ID).fetch(NOTE_TEXT));
        assertThat(texts).containsExactly("b1", "b2");
    }

    private static String setting(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select coalesce(current_setting('app.current_tenant_id', true), '')")) {
            row.next();
            return row.getString(1);
        }
    }

    private int count(String text) throws SQLException {
        try (Connection connection = database.superuser().getConnection();
                var statement = connection.prepareStatement("select count(*) from note where text = ?")) {
            statement.setString(1, text);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
