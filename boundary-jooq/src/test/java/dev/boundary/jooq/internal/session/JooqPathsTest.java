package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_ID;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TENANT;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.core.Scope;
import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.Binding;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.postgresql.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowingConsumer;
import org.jooq.CloseableResultQuery;
import org.jooq.Configuration;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.ExecutorProvider;
import org.jooq.Record1;
import org.jooq.Results;
import org.jooq.TransactionListener;
import org.jooq.conf.StatementType;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConnectionProvider;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.util.PSQLException;

/**
 * Every way in which jOOQ executes statements, with each binding, on a pool of one connection, with row-level security
 * alone.
 */
@ExtendWith(SharedDatabase.class)
@ParameterizedClass
@EnumSource
@NullUnmarked // jOOQ says of every value that it may be null
class JooqPathsTest {

    private final Binding binding;
    private static TestDatabase database;
    private static HikariDataSource pool;
    private static Boundary boundary;
    private static DSLContext db;

    JooqPathsTest(Binding binding) {
        this.binding = binding;
    }

    @BeforeAll
    static void create(TestDatabase shared) {
        database = shared;
    }

    @BeforeParameterizedClassInvocation
    static void start(Binding binding) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.application());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(2_000);
        pool = new HikariDataSource(config);
        boundary = Boundary.builder(SessionDatabase.schema())
                .layers(Layers.RLS_ONLY)
                .binding(binding)
                .admin(database.admin())
                .build();
        db = boundary.dsl(pool);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        pool.close();
    }

    @BeforeEach
    void fill() throws SQLException {
        SessionDatabase.reset(database);
    }

    @AfterEach
    void nothingIsLeftBehind() throws SQLException {
        assertThat(setting(pool)).isEmpty();
        assertThat(TenantContext.where(B).call(() -> texts(db))).containsExactly("b1", "b2");
    }

    private static String setting(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select coalesce(current_setting('app.current_tenant_id', true), '')")) {
            row.next();
            return row.getString(1);
        }
    }

    private static List<String> texts(DSLContext context) {
        return context.select(NOTE_TEXT).from(NOTE).orderBy(NOTE_ID).fetch(NOTE_TEXT);
    }

    private static void asA(Runnable work) {
        TenantContext.where(A).run(work);
    }

    @Test
    void fetchManyAndSeveralStatementsInOne() {
        asA(() -> {
            Results results = db.fetchMany("select text from note order by id; select count(*) from note;");
            assertThat(results).hasSize(2);
            assertThat(results.get(0).getValues(0, String.class)).containsExactly("a1", "a2");
            assertThat(results.get(1).getValues(0, Long.class)).containsExactly(2L);
        });
    }

    @Test
    void commentsAndQuestionMarksInSql() {
        asA(() -> assertThat(
                        db.fetchOne("-- who? '; \n/* a; b? */ select count(*) from note where text <> 'a;?' -- end?")
                                .get(0))
                .isEqualTo(2L));
        asA(() -> assertThat(db.fetchOne("select count(*) from note where $$?;$$ <> ? /* ; */", "x")
                        .get(0))
                .isEqualTo(2L));
    }

    @Test
    void staticStatements() {
        DSLContext inlined = DSL.using(db.configuration()
                .deriveSettings(settings -> settings.withStatementType(StatementType.STATIC_STATEMENT)));
        asA(() -> {
            assertThat(texts(inlined)).containsExactly("a1", "a2");
            assertThat(inlined.update(NOTE).set(NOTE_TEXT, "it's").execute()).isEqualTo(2);
            assertThat(inlined.deleteFrom(NOTE)
                            .where(NOTE_TEXT.eq("it's"))
                            .returning(NOTE_TENANT)
                            .fetch(NOTE_TENANT))
                    .containsExactly(1L, 1L);
        });
    }

    @Test
    void lazyInAutocommit() {
        asA(() -> {
            try (Cursor<Record1<String>> cursor = db.select(NOTE_TEXT)
                    .from(NOTE)
                    .orderBy(NOTE_ID)
                    .fetchSize(1)
                    .fetchLazy()) {
                assertThat(cursor.fetch().getValues(NOTE_TEXT)).containsExactly("a1", "a2");
            }
            try (Stream<Record1<String>> stream =
                    db.select(NOTE_TEXT).from(NOTE).fetchSize(1).fetchStream()) {
                assertThat(stream).hasSize(2);
            }
        });
    }

    @Test
    void aCursorKeepsItsTenantWhereverItIsRead() {
        TenantContext.where(A)
                .run(() -> db.transaction(tx -> {
                    Cursor<Record1<String>> cursor = tx.dsl()
                            .select(NOTE_TEXT)
                            .from(NOTE)
                            .orderBy(NOTE_ID)
                            .fetchSize(1)
                            .fetchLazy();
                    assertThat(cursor.fetchNext().value1()).isEqualTo("a1");
                    TenantContext.where(B)
                            .run(() -> assertThat(cursor.fetchNext().value1()).isEqualTo("a2"));
                    assertThat(cursor.fetchNext()).isNull();
                    cursor.close();
                }));
    }

    @Test
    void batchOfOneStatement() {
        asA(() -> {
            int[] counts = db.batch(db.insertInto(NOTE, NOTE_TEXT).values((String) null))
                    .bind("n1")
                    .bind("n2")
                    .bind("n3")
                    .execute();
            assertThat(counts).containsExactly(1, 1, 1);
            assertThat(texts(db)).containsExactly("a1", "a2", "n1", "n2", "n3");
        });
    }

    @Test
    void batchOfSeveralStatements() {
        asA(() -> {
            int[] counts = db.batch(
                            db.insertInto(NOTE, NOTE_TEXT).values("n1"),
                            db.update(NOTE).set(NOTE_TEXT, "x"),
                            db.deleteFrom(NOTE).where(NOTE_TEXT.eq("none")))
                    .execute();
            assertThat(counts).containsExactly(1, 3, 0);
        });
    }

    @Test
    void aBatchInATransaction() {
        asA(() -> assertThatThrownBy(() -> db.transaction(tx -> {
                    tx.dsl()
                            .batch(db.insertInto(NOTE, NOTE_TEXT).values((String) null))
                            .bind("n1")
                            .bind("n2")
                            .execute();
                    assertThat(texts(tx.dsl())).containsExactly("a1", "a2", "n1", "n2");
                    throw new Rollback();
                }))
                .isInstanceOf(Rollback.class));
        asA(() -> assertThat(texts(db)).containsExactly("a1", "a2"));
    }

    @Test
    void aBatchThatFailsChangesNothing() {
        asA(() -> {
            assertThatThrownBy(() -> db.batch(
                                    db.insertInto(NOTE, NOTE_TEXT).values("n1"),
                                    db.insertInto(NOTE, NOTE_TENANT, NOTE_TEXT).values(2L, "stolen"))
                            .execute())
                    .isInstanceOf(RuntimeException.class);
            assertThat(texts(db)).containsExactly("a1", "a2");
        });
    }

    @Test
    void batchedConnections() {
        asA(() -> {
            db.batched(c -> {
                for (int i = 0; i < 5; i++) {
                    c.dsl().insertInto(NOTE, NOTE_TEXT).values("n" + i).execute();
                }
            });
            assertThat(texts(db)).containsExactly("a1", "a2", "n0", "n1", "n2", "n3", "n4");
        });
    }

    @Test
    void aBatchedBlockMayNotMixTenants() {
        assertThatThrownBy(() -> db.batched(c -> {
                    TenantContext.where(A)
                            .run(() -> c.dsl()
                                    .insertInto(NOTE, NOTE_TEXT)
                                    .values("of A")
                                    .execute());
                    TenantContext.where(B)
                            .run(() -> c.dsl()
                                    .insertInto(NOTE, NOTE_TEXT)
                                    .values("of B")
                                    .execute());
                }))
                .isInstanceOf(StatementRefusedException.class);
        // jOOQ sends what it has gathered when the block ends: A's row, as A.
        asA(() -> assertThat(texts(db)).contains("a1", "a2").doesNotContain("of B"));
    }

    @Test
    void loaderThatCommitsOnItsWay() {
        asA(() -> onOneConnection(one -> {
            one.loadInto(NOTE)
                    .bulkAfter(2)
                    .batchAfter(2)
                    .commitAfter(2)
                    .loadCSV("text\nl1\nl2\nl3\nl4\nl5\nl6\nl7\n")
                    .fields(NOTE_TEXT)
                    .execute();
            assertThat(texts(one)).containsExactly("a1", "a2", "l1", "l2", "l3", "l4", "l5", "l6", "l7");
        }));
        asA(() -> assertThat(texts(db)).hasSize(9));
    }

    @Test
    void loaderRowByRow() {
        asA(() -> onOneConnection(one -> {
            one.loadInto(NOTE)
                    .commitEach()
                    .loadJSON("[{\"text\":\"l1\"},{\"text\":\"l2\"},{\"text\":\"l3\"}]")
                    .fields(NOTE_TEXT)
                    .execute();
            assertThat(texts(one)).containsExactly("a1", "a2", "l1", "l2", "l3");
        }));
    }

    @Test
    void loaderInOneTransaction() throws IOException {
        TenantContext.where(A).<Void, IOException>call(() -> {
            db.loadInto(NOTE)
                    .batchAll()
                    .loadCSV("text\nl1\nl2\n")
                    .fields(NOTE_TEXT)
                    .execute();
            assertThat(texts(db)).containsExactly("a1", "a2", "l1", "l2");
            return null;
        });
    }

    /** jOOQ's loader commits on the connection that its configuration gives, so that must be the one it writes on. */
    private void onOneConnection(ThrowingConsumer<DSLContext> work) {
        db.connection(connection -> {
            connection.setAutoCommit(false);
            try {
                work.accept(DSL.using(db.configuration().derive(new DefaultConnectionProvider(connection))));
                connection.commit();
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    @Test
    void aKeptStatementHasTheTenantOfEachExecution() {
        TenantContext.where(A)
                .run(() -> db.connection(c -> {
                    DSLContext one = DSL.using(db.configuration().derive(new DefaultConnectionProvider(c)));
                    try (CloseableResultQuery<Record1<String>> kept =
                            one.select(NOTE_TEXT).from(NOTE).orderBy(NOTE_ID).keepStatement(true)) {
                        for (int i = 0; i < 7; i++) {
                            assertThat(kept.fetch(NOTE_TEXT)).containsExactly("a1", "a2");
                            if (binding != Binding.CHECKOUT) {
                                TenantContext.where(B)
                                        .run(() -> assertThat(kept.fetch(NOTE_TEXT))
                                                .containsExactly("b1", "b2"));
                            }
                        }
                    }
                }));
    }

    @Test
    void asyncOnExecutorsThatCarryTheScope() {
        Executor inA = task -> new Thread(() -> TenantContext.where(A).run(task)).start();
        assertThat(db.select(NOTE_TEXT)
                        .from(NOTE)
                        .fetchAsync(inA)
                        .toCompletableFuture()
                        .join())
                .hasSize(2);
        assertThat(db.transactionResultAsync(inA, tx -> texts(tx.dsl()))
                        .toCompletableFuture()
                        .join())
                .containsExactly("a1", "a2");
        asA(() -> assertThat(db.update(NOTE)
                        .set(NOTE_TEXT, "x")
                        .executeAsync()
                        .toCompletableFuture()
                        .join())
                .isEqualTo(2));
        asA(() -> assertThatThrownBy(() -> db.update(NOTE)
                        .set(NOTE_TEXT, "x")
                        .executeAsync(task -> new Thread(task).start())
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("needs a tenant"));
    }

    /** With an executor provider that wraps, jOOQ's own asynchronous calls keep the tenant of whoever makes them. */
    @Test
    void asyncAndTransactionalCallbacksKeepTheTenant() {
        List<Optional<Scope>> committed = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Configuration wrapping = db.configuration()
                    .derive((ExecutorProvider) () -> TenantContext.wrap((Executor) threads))
                    .deriveAppending(TransactionListener.onCommitEnd(tx -> committed.add(TenantContext.current())));
            DSLContext async = DSL.using(wrapping);
            for (int i = 0; i < 5; i++) {
                for (TenantKey tenant : List.of(A, B)) {
                    String name = tenant.equals(A) ? "a" : "b";
                    var both = TenantContext.where(tenant)
                            .call(() -> TenantContext.wrap(async.select(NOTE_TEXT)
                                            .from(NOTE)
                                            .orderBy(NOTE_TEXT)
                                            .fetchAsync())
                                    .thenApplyAsync(rows ->
                                            rows.getValues(NOTE_TEXT) + " of " + TenantContext.requireTenant()));
                    var inTransaction = TenantContext.where(tenant)
                            .call(() -> async.transactionResultAsync(tx -> {
                                tx.dsl().update(NOTE).set(NOTE_TEXT, NOTE_TEXT).execute();
                                return tx.dsl().transactionResult(nested -> texts(nested.dsl()));
                            }));
                    assertThat(both.join()).isEqualTo("[" + name + "1, " + name + "2] of " + tenant);
                    assertThat(inTransaction.toCompletableFuture().join())
                            .containsExactlyInAnyOrder(name + "1", name + "2");
                }
            }
        }
        assertThat(committed)
                .hasSize(20) // the nested ones too
                .containsOnly(Optional.of(new TenantScope(A)), Optional.of(new TenantScope(B)));
    }

    @Test
    void nestedTransactionsAndSavepoints() {
        TenantContext.where(A)
                .run(() -> db.transaction(tx -> {
                    tx.dsl().insertInto(NOTE, NOTE_TEXT).values("outer").execute();
                    assertThatThrownBy(() -> tx.dsl().transaction(nested -> {
                                nested.dsl()
                                        .insertInto(NOTE, NOTE_TEXT)
                                        .values("inner")
                                        .execute();
                                nested.dsl().execute("select 1 / 0 from note");
                            }))
                            .isInstanceOf(DataAccessException.class);
                    assertThat(texts(tx.dsl())).containsExactly("a1", "a2", "outer");
                    TenantContext.where(A).run(() -> assertThat(texts(tx.dsl())).hasSize(3));
                }));
    }

    @Test
    void aTransactionMayChangeTenantOnlyIfAskedTo() {
        if (binding == Binding.CHECKOUT) {
            return; // a connection has one tenant
        }
        TenantContext.where(A)
                .run(() -> db.transaction(tx -> {
                    texts(tx.dsl());
                    TenantContext.where(B).run(() -> {
                        assertThatThrownBy(() -> texts(tx.dsl())).isInstanceOf(StatementRefusedException.class);
                        // @start region="tenant-switch"
                        DSLContext both = boundary.tenantSwitch(tx.dsl(), "moves a note to another club");
                        // @end
                        assertThat(texts(both)).containsExactly("b1", "b2");
                    });
                    assertThat(texts(tx.dsl())).containsExactly("a1", "a2");
                }));
    }

    @Test
    void anUnscopedTransactionAndATenantsDoNotMix() {
        TenantContext.where(A)
                .run(() -> db.transaction(tx -> TenantContext.unscoped("look")
                        .run(() -> assertThatThrownBy(() -> texts(tx.dsl()))
                                .isInstanceOf(StatementRefusedException.class))));
        TenantContext.unscoped("look")
                .run(() -> db.transaction(tx -> {
                    assertThat(texts(tx.dsl())).hasSize(4);
                    TenantContext.where(A)
                            .run(() -> assertThatThrownBy(() -> texts(tx.dsl()))
                                    .isInstanceOf(StatementRefusedException.class));
                }));
    }

    @Test
    void whatTheUserDoesToTheSettingLastsNoLonger() {
        asA(() -> db.connection(c -> {
            try (Statement statement = c.createStatement()) {
                for (String sql : List.of("reset all", "discard plans", "set app.current_tenant_id = '2'")) {
                    statement.execute(sql);
                }
            }
        }));
        if (binding == Binding.CHECKOUT) {
            return; // with CHECKOUT the user can do what he likes until the connection is given back
        }
        asA(() -> assertThat(texts(db)).containsExactly("a1", "a2"));
        TenantContext.where(A)
                .run(() -> db.transaction(tx -> {
                    tx.dsl().fetch("select set_config('app.current_tenant_id', '2', true)");
                    assertThat(texts(tx.dsl())).containsExactly("a1", "a2");
                    tx.dsl().execute("set local app.current_tenant_id = '2'");
                    assertThat(texts(tx.dsl())).containsExactly("a1", "a2");
                    tx.dsl().execute("savepoint s");
                    tx.dsl().execute("rollback to savepoint s");
                    assertThat(texts(tx.dsl())).containsExactly("a1", "a2");
                    tx.dsl().execute("reset all");
                    assertThat(texts(tx.dsl())).containsExactly("a1", "a2");
                }));
        asA(() -> db.connection(c -> {
            try (Statement statement = c.createStatement()) {
                statement.execute("reset app.current_tenant_id");
            }
        }));
    }

    @Test
    void discardAllBetweenStatements() throws SQLException {
        for (int i = 0; i < 7; i++) {
            asA(() -> assertThat(texts(db)).containsExactly("a1", "a2"));
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("discard all");
            }
        }
        asA(() -> db.connection(c -> {
            try (Statement statement = c.createStatement()) {
                if (binding == Binding.CHECKOUT) {
                    statement.execute("discard all"); // and the tenant with it: an error, and no row
                    assertThatThrownBy(() -> statement.execute("select text from note"))
                            .hasMessageContaining("tenant context is not set");
                } else {
                    assertThatThrownBy(() -> statement.execute("discard all"))
                            .hasMessageContaining("cannot run inside a transaction block");
                }
            }
        }));
    }

    @Test
    void rawConnectionsAreBoundToo() {
        asA(() -> db.connection(c -> {
            assertThat(DSL.using(c).fetch("select text from note order by id").getValues(0, String.class))
                    .containsExactly("a1", "a2");
            try (var statement = c.prepareStatement("select text from note where id > ?")) {
                statement.setLong(1, 0L);
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.getStatement().getConnection()).isSameAs(statement.getConnection());
                    rows.next();
                    assertThat(rows.getString(1)).startsWith("a");
                }
            }
        }));
    }

    @Test
    void metaData() {
        asA(() -> assertThat(db.meta()
                        .filterSchemas(schema -> schema.getName().equals("public"))
                        .getTables("note"))
                .hasSize(1));
        asA(() -> assertThat(db.fetchCount(DSL.table("pg_catalog.pg_class"))).isPositive());
    }

    @Test
    void functionsAndProcedures() throws SQLException {
        TestDatabase.execute(
                database.owner(),
                "create function notes() returns bigint language sql as 'select count(*) from note'",
                "create procedure note_now(inout notes bigint) language plpgsql as $$ begin"
                        + " select count(*) into notes from note; end $$");
        asA(() -> {
            assertThat(db.fetchValue("select notes()")).isEqualTo(2L);
            assertThat(db.fetchValue("call note_now(0)")).isEqualTo(2L);
            long found = db.connectionResult(c -> {
                try (var call = c.prepareCall("{? = call notes()}")) {
                    call.registerOutParameter(1, java.sql.Types.BIGINT);
                    call.execute();
                    return call.getLong(1);
                }
            });
            assertThat(found).isEqualTo(2L);
        });
    }

    @Test
    void generatedKeys() {
        asA(() -> db.connection(c -> {
            try (var insert = c.prepareStatement("insert into note (text) values (?)", new String[] {"tenant_id"})) {
                insert.setString(1, "new");
                assertThat(insert.executeUpdate()).isEqualTo(1);
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    keys.next();
                    assertThat(keys.getLong(1)).isEqualTo(1L);
                }
            }
            try (Statement insert = c.createStatement()) {
                insert.executeUpdate("insert into note (text) values ('newer')", Statement.RETURN_GENERATED_KEYS);
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    keys.next();
                    assertThat(keys.getLong("tenant_id")).isEqualTo(1L);
                }
            }
        }));
    }

    @Test
    void errorsAreTheUsersOwn() {
        String sql = "select text from note where nope = 1";
        asA(() -> assertThatThrownBy(() -> db.fetch(sql)).satisfies(thrown -> {
            var message = ((PSQLException) thrown.getCause()).getServerErrorMessage();
            assertThat(message.getPosition()).isEqualTo(sql.indexOf("nope") + 1);
            assertThat(thrown).hasMessageContaining("nope").hasMessageNotContaining("set_config");
        }));
        asA(() -> assertThatThrownBy(() -> db.fetch("select text from note where ("))
                .satisfies(thrown -> {
                    var message = ((PSQLException) thrown.getCause()).getServerErrorMessage();
                    assertThat(message.getSQLState()).isEqualTo("42601");
                }));
    }

    @Test
    void queryTimeout() {
        asA(() -> assertThatThrownBy(() -> db.resultQuery("select pg_sleep(60), text from note")
                        .queryTimeout(1)
                        .fetch())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("canceling statement"));
        asA(() -> assertThat(texts(db)).containsExactly("a1", "a2"));
    }

    @Test
    void readOnlyTransactions() {
        TenantContext.where(A)
                .run(() -> db.transaction(tx -> {
                    tx.dsl().execute("set transaction read only");
                    assertThat(texts(tx.dsl())).containsExactly("a1", "a2");
                }));
        asA(() -> db.connection(c -> {
            c.setReadOnly(true);
            try (Statement statement = c.createStatement();
                    ResultSet rows = statement.executeQuery("select count(*) from note")) {
                rows.next();
                assertThat(rows.getLong(1)).isEqualTo(2L);
            } finally {
                c.setReadOnly(false);
            }
        }));
    }

    @Test
    void aForeignConnectionIsRefused() throws SQLException {
        try (Connection foreign = database.application().getConnection()) {
            DSLContext derived = DSL.using(db.configuration().derive(foreign));
            asA(() -> assertThatThrownBy(() -> texts(derived)).isInstanceOf(StatementRefusedException.class));
        }
    }

    private static final class Rollback extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
