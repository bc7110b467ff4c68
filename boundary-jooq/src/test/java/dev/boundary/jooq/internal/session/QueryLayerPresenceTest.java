package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.internal.session.SessionDatabase.CURRENCY;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_ID;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TENANT;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.CrossTenantException;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.core.event.BoundaryEvent;
import dev.boundary.core.event.BoundaryEvent.Violation;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.postgresql.TestDatabase;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jooq.CloseableQuery;
import org.jooq.CloseableResultQuery;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.ExecuteListenerProvider;
import org.jooq.Record1;
import org.jooq.SQLDialect;
import org.jooq.VisitListener;
import org.jooq.VisitListenerProvider;
import org.jooq.conf.InvocationOrder;
import org.jooq.conf.Settings;
import org.jooq.conf.StatementType;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultConnectionProvider;
import org.jooq.impl.DefaultVisitListenerProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;

/** Where the query layer is on, no statement runs that it has not rewritten for the scope in which it runs. */
@ExtendWith(SharedDatabase.class)
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RLS_ONLY")
class QueryLayerPresenceTest {

    private final Layers layers;
    private static TestDatabase database;
    private final List<BoundaryEvent> events = new ArrayList<>();
    private Connection connection;
    private Boundary boundary;
    private DSLContext db;

    QueryLayerPresenceTest(Layers layers) {
        this.layers = layers;
    }

    @BeforeAll
    static void create(TestDatabase shared) {
        database = shared;
    }

    /** With the query layer alone on a connection that sees every row, so that only the query layer protects. */
    @BeforeEach
    void start() throws SQLException {
        SessionDatabase.reset(database);
        connection = (layers == Layers.QUERY_ONLY ? database.superuser() : database.application()).getConnection();
        boundary = Boundary.builder(SessionDatabase.schema())
                .layers(layers)
                .admin(database.admin())
                .listener(events::add)
                .build();
        db = boundary.dsl(
                new DefaultConfiguration().set(SQLDialect.POSTGRES).set(new DefaultConnectionProvider(connection)));
    }

    @AfterEach
    void stop() throws SQLException {
        connection.close();
    }

    private static List<String> texts(DSLContext context) {
        return context.select(NOTE_TEXT).from(NOTE).orderBy(NOTE_ID).fetch(NOTE_TEXT);
    }

    private static void asA(Runnable work) {
        TenantContext.where(A).run(work);
    }

    private void refused(String reason, Runnable statement) {
        events.clear();
        assertThatExceptionOfType(StatementRefusedException.class)
                .isThrownBy(statement::run)
                .withMessageContaining(reason);
        assertThat(events).hasSize(1).first().isInstanceOf(Violation.class);
    }

    @Test
    void aKeptStatementStaysInItsScope() {
        try (CloseableResultQuery<Record1<String>> kept =
                db.select(NOTE_TEXT).from(NOTE).orderBy(NOTE_ID).keepStatement(true)) {
            asA(() -> {
                for (int i = 0; i < 7; i++) {
                    assertThat(kept.fetch(NOTE_TEXT)).containsExactly("a1", "a2");
                }
            });
            TenantContext.where(B).run(() -> refused("keepStatement", () -> kept.fetch()));
            refused("keepStatement", kept::fetch);
            TenantContext.unscoped("look").run(() -> refused("keepStatement", () -> kept.fetch()));
            asA(() -> assertThat(kept.fetch(NOTE_TEXT)).containsExactly("a1", "a2"));
        }
    }

    /** jOOQ binds other values to a kept statement without rendering it again. */
    @Test
    void aKeptInsertIsCheckedWithTheValuesThatItHasNow() {
        asA(() -> {
            try (CloseableQuery kept =
                    db.insertInto(NOTE, NOTE_TENANT, NOTE_TEXT).values(1L, "a3").keepStatement(true)) {
                kept.execute();
                assertThatExceptionOfType(CrossTenantException.class)
                        .isThrownBy(() -> kept.bind(1, 2L).execute());
                kept.bind(1, 1L).bind(2, "a4").execute();
            }
            assertThat(texts(db)).containsExactly("a1", "a2", "a3", "a4");
        });
        TenantContext.where(B).run(() -> assertThat(texts(db)).containsExactly("b1", "b2"));
    }

    /** Nothing is sent. */
    @Test
    void anEmptyBatchIsNoStatement() {
        asA(() -> assertThat(db.batch(List.of()).execute()).isEmpty());
    }

    /** What jOOQ executed a statement under counts for that execution only, and not for whoever executes it next. */
    @Test
    void aStatementThatIsExecutedPastJooqIsPlainJdbc() {
        List<PreparedStatement> statements = new ArrayList<>();
        DSLContext listening = DSL.using(db.configuration()
                .deriveAppending(ExecuteListener.onExecuteStart(context -> statements.add(context.statement()))));
        try (CloseableResultQuery<Record1<String>> kept =
                listening.select(NOTE_TEXT).from(NOTE).orderBy(NOTE_ID).keepStatement(true)) {
            asA(() -> assertThat(kept.fetch(NOTE_TEXT)).containsExactly("a1", "a2"));
            PreparedStatement past = statements.getFirst();
            for (TenantKey tenant : List.of(A, B)) {
                TenantContext.where(tenant).run(() -> {
                    if (layers == Layers.QUERY_ONLY) {
                        refused("QUERY_ONLY", sql(past::executeQuery));
                    } else {
                        // Both layers: the rows of the tenant whose scope is open, of those the statement was rendered
                        // for.
                        sql(() -> assertThat(firstColumn(past.executeQuery())).hasSize(tenant.equals(A) ? 2 : 0))
                                .run();
                    }
                });
            }
            assertThatExceptionOfType(
                            layers == Layers.QUERY_ONLY ? StatementRefusedException.class : TenantNotSetException.class)
                    .isThrownBy(past::executeQuery);
        }
    }

    @Test
    void aKeptStatementInATransactionOfTwoTenants() {
        asA(() -> db.transaction(tx -> {
            try (CloseableResultQuery<Record1<String>> kept =
                    tx.dsl().select(NOTE_TEXT).from(NOTE).orderBy(NOTE_ID).keepStatement(true)) {
                assertThat(kept.fetch(NOTE_TEXT)).containsExactly("a1", "a2");
                assertThat(kept.fetch(NOTE_TEXT)).containsExactly("a1", "a2");
                TenantContext.where(B).run(() -> {
                    DSLContext switched = boundary.tenantSwitch(tx.dsl(), "test");
                    assertThat(texts(switched)).containsExactly("b1", "b2");
                    refused("keepStatement", () -> kept.fetch());
                });
            }
        }));
    }

    @Test
    void ownVisitListenersBesideIt() {
        Configuration appended = db.configuration().deriveAppending(new DefaultVisitListenerProvider(nothing()));
        asA(() -> assertThat(texts(DSL.using(appended))).containsExactly("a1", "a2"));
    }

    @Test
    void ownVisitListenersInItsPlace() {
        VisitListenerProvider own = new DefaultVisitListenerProvider(nothing());
        DSLContext derived = DSL.using(db.configuration().derive(own));
        DSLContext none = DSL.using(db.configuration().derive(new VisitListenerProvider[0]));
        DSLContext statik = DSL.using(none.configuration()
                .deriveSettings(settings -> settings.withStatementType(StatementType.STATIC_STATEMENT)));
        for (DSLContext without : List.of(derived, none, statik)) {
            asA(() -> everyWayIsRefused(without));
            refused("query layer", () -> texts(without));
        }
        db.configuration().set(own); // changes the configuration itself
        asA(() -> everyWayIsRefused(db));
    }

    private void everyWayIsRefused(DSLContext without) {
        refused("query layer", () -> texts(without));
        refused("query layer", () -> without.fetch("select * from note"));
        refused("query layer", () -> without.update(NOTE).set(NOTE_TEXT, "x").execute());
        refused(
                "query layer",
                () -> without.insertInto(NOTE, NOTE_TEXT)
                        .values("x")
                        .returning(NOTE_ID)
                        .fetch());
        refused("query layer", () -> without.fetchMany("select * from note"));
        refused("query layer", () -> without.selectFrom(NOTE).fetchLazy());
        refused(
                "query layer",
                () -> without.batch(without.update(NOTE).set(NOTE_TEXT, "x")).execute());
        refused(
                "query layer",
                () -> without.batch(without.update(NOTE).set(NOTE_TEXT, (String) null))
                        .bind("x")
                        .execute());
        refused(
                "query layer",
                () -> without.batched(
                        c -> c.dsl().update(NOTE).set(NOTE_TEXT, "x").execute()));
        refused(
                "query layer",
                () -> without.transaction(
                        tx -> tx.dsl().update(NOTE).set(NOTE_TEXT, "x").execute()));
        refused(
                "query layer",
                () -> boundary.tenantSwitch(without, "test").selectFrom(NOTE).fetch());
        assertThat(allTexts()).containsExactly("a1", "a2", "b1", "b2");
    }

    @Test
    void withoutTheExecuteListenersRowLevelSecurityIsLeft() {
        DSLContext bare = DSL.using(db.configuration().derive(new ExecuteListenerProvider[0]));
        DSLContext barest = DSL.using(bare.configuration().derive(new VisitListenerProvider[0]));
        for (DSLContext without : List.of(bare, barest)) {
            if (layers == Layers.QUERY_ONLY) {
                asA(() -> refused("QUERY_ONLY", () -> texts(without)));
                asA(() -> refused(
                        "QUERY_ONLY",
                        () -> without.batch(without.update(NOTE).set(NOTE_TEXT, "x"))
                                .execute()));
            } else {
                asA(() -> assertThat(texts(without)).containsExactly("a1", "a2"));
                assertThatExceptionOfType(TenantNotSetException.class).isThrownBy(() -> without.fetchCount(CURRENCY));
            }
        }
        assertThat(allTexts()).containsExactly("a1", "a2", "b1", "b2");
    }

    @Test
    void plainJdbcIsForRowLevelSecurityOnly() {
        asA(() -> db.connection(c -> {
            try (Statement statement = c.createStatement();
                    PreparedStatement prepared = c.prepareStatement("select text from note order by id")) {
                if (layers == Layers.QUERY_ONLY) {
                    refused("QUERY_ONLY", sql(() -> statement.execute("select 1")));
                    refused("QUERY_ONLY", sql(prepared::executeQuery));
                    statement.addBatch("update note set text = 'x'");
                    refused("QUERY_ONLY", sql(statement::executeBatch));
                    try (var call = c.prepareCall("{call note_now()}")) {
                        refused("QUERY_ONLY", sql(call::execute));
                    }
                } else {
                    try (ResultSet rows = prepared.executeQuery()) {
                        rows.next();
                        assertThat(rows.getString(1)).isEqualTo("a1");
                    }
                }
            }
        }));
        asA(() -> {
            Connection acquired = db.configuration().connectionProvider().acquire();
            try {
                if (layers == Layers.QUERY_ONLY) {
                    refused("QUERY_ONLY", () -> DSL.using(acquired).fetch("select * from note"));
                }
            } finally {
                db.configuration().connectionProvider().release(acquired);
            }
        });
        assertThat(allTexts()).containsExactly("a1", "a2", "b1", "b2");
    }

    /** jOOQ executes what it has parsed past its listeners; so it is unknown whether the query layer has seen it. */
    @Test
    void parsedSqlIsForRowLevelSecurityToo() {
        for (TenantKey tenant : List.of(A, B, A, B)) {
            String name = tenant.equals(A) ? "a" : "b";
            TenantContext.where(tenant).run(() -> {
                try (Connection parsing = db.parsingConnection();
                        PreparedStatement prepared =
                                parsing.prepareStatement("select text from note where id > ? order by id");
                        Statement statement = parsing.createStatement()) {
                    prepared.setLong(1, 0L);
                    if (layers == Layers.QUERY_ONLY) {
                        refused("QUERY_ONLY", sql(prepared::executeQuery));
                        refused("QUERY_ONLY", sql(() -> statement.executeQuery("select text from note")));
                        refused("QUERY_ONLY", sql(() -> statement.executeUpdate("update note set text = text")));
                    } else {
                        assertThat(firstColumn(prepared.executeQuery())).containsExactly(name + "1", name + "2");
                        assertThat(statement.executeUpdate("update note set text = text"))
                                .isEqualTo(2);
                    }
                    refused("TRUNCATE", sql(() -> statement.execute("truncate table note")));
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
        }
        assertThat(allTexts()).containsExactly("a1", "a2", "b1", "b2");
    }

    private static List<String> firstColumn(ResultSet rows) throws SQLException {
        try (rows) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** Whichever of the listeners comes first, beside listeners of the user's on both sides of ours. */
    @Test
    void theOrderOfListenersDoesNotMatter() {
        for (int reversed = 0; reversed < 16; reversed++) {
            DSLContext ordered = reversed(reversed);
            List<String> own = new ArrayList<>();
            ExecuteListener comments = new ExecuteListener() {
                private static final long serialVersionUID = 1L;

                @Override
                public void renderEnd(ExecuteContext context) {
                    own.add("rendered");
                    context.sql(context.sql() + " -- mine");
                }
            };
            Configuration beside = ordered.configuration()
                    .deriveAppending(new DefaultVisitListenerProvider(nothing()))
                    .deriveAppending(comments);
            for (DSLContext context : List.of(ordered, DSL.using(beside))) {
                asA(() -> {
                    assertThat(texts(context)).containsExactly("a1", "a2");
                    assertThat(context.update(NOTE).set(NOTE_TEXT, NOTE_TEXT).execute())
                            .isEqualTo(2);
                    context.transaction(tx -> {
                        tx.dsl().insertInto(NOTE, NOTE_TEXT).values("n").execute();
                        assertThat(tx.dsl()
                                        .deleteFrom(NOTE)
                                        .where(NOTE_TEXT.eq("n"))
                                        .execute())
                                .isEqualTo(1);
                    });
                    context.batch(context.update(NOTE).set(NOTE_TEXT, NOTE_TEXT))
                            .execute();
                    refused("plain SQL", () -> context.fetch("select * from note"));
                    assertThatExceptionOfType(CrossTenantException.class)
                            .isThrownBy(() -> context.insertInto(NOTE, NOTE_TENANT, NOTE_TEXT)
                                    .values(2L, "foreign")
                                    .execute());
                });
                assertThatExceptionOfType(TenantNotSetException.class).isThrownBy(() -> texts(context));
            }
            assertThat(own).isNotEmpty();
        }
        assertThat(allTexts()).containsExactly("a1", "a2", "b1", "b2");
    }

    /** Made with the settings, as a user would, and each bit another of them. */
    private DSLContext reversed(int bits) {
        InvocationOrder[] orders = new InvocationOrder[4];
        for (int i = 0; i < orders.length; i++) {
            orders[i] = (bits >> i & 1) == 1 ? InvocationOrder.REVERSE : InvocationOrder.DEFAULT;
        }
        return boundary.dsl(new DefaultConfiguration()
                .set(SQLDialect.POSTGRES)
                .set(new DefaultConnectionProvider(connection))
                .set(new DefaultVisitListenerProvider(nothing()))
                .set(new Settings()
                        .withVisitListenerStartInvocationOrder(orders[0])
                        .withVisitListenerEndInvocationOrder(orders[1])
                        .withExecuteListenerStartInvocationOrder(orders[2])
                        .withExecuteListenerEndInvocationOrder(orders[3])));
    }

    private static Runnable sql(SqlCall<?> call) {
        return () -> {
            try {
                call.call();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        };
    }

    @Test
    void everyWayThatPassesTheQueryLayerWorks() {
        asA(() -> {
            assertThat(texts(db)).containsExactly("a1", "a2");
            db.batch(db.update(NOTE).set(NOTE_TEXT, "x"), db.deleteFrom(NOTE).where(NOTE_TEXT.eq("none")))
                    .execute();
            assertThat(texts(db)).containsExactly("x", "x");
            db.batch(db.update(NOTE).set(NOTE_TEXT, (String) null)).bind("y").execute();
            assertThat(texts(db)).containsExactly("y", "y");
            db.batched(c -> {
                for (String text : List.of("n1", "n2", "n3")) {
                    c.dsl().insertInto(NOTE, NOTE_TEXT).values(text).execute();
                }
            });
            assertThat(texts(db)).containsExactly("y", "y", "n1", "n2", "n3");
            db.transaction(tx -> tx.dsl().deleteFrom(NOTE).execute());
            assertThat(texts(db)).isEmpty();
        });
        assertThat(db.fetchCount(CURRENCY)).isEqualTo(2); // belongs to no tenant: no scope is needed
        assertThat(allTexts()).containsExactly("b1", "b2");
    }

    @Test
    void r2dbcIsRefused() {
        ConnectionFactory factory = new NoReactiveConnections();
        asA(() -> {
            DSLContext reactive = DSL.using(db.configuration().derive(factory));
            refused("R2DBC", () -> reactive.selectFrom(NOTE).getSQL()); // what jOOQ does first
            refused("R2DBC", () -> boundary.tenantSwitch(reactive, "test").render(reactive.deleteFrom(NOTE)));
        });
        assertThatThrownBy(() -> boundary.dsl(
                        new DefaultConfiguration().set(SQLDialect.POSTGRES).set(factory)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("R2DBC");
    }

    private static final class NoReactiveConnections implements ConnectionFactory {
        @Override
        public Publisher<? extends io.r2dbc.spi.Connection> create() {
            throw new AssertionError("connects");
        }

        @Override
        public ConnectionFactoryMetadata getMetadata() {
            return () -> "PostgreSQL";
        }
    }

    @Test
    void meta() {
        asA(() -> assertThat(db.meta()
                        .filterSchemas(schema -> schema.getName().equals("public"))
                        .getTables("note"))
                .hasSize(1));
    }

    private List<String> allTexts() {
        try (Connection all = database.superuser().getConnection()) {
            return texts(DSL.using(all, SQLDialect.POSTGRES));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The control: what the query layer alone lets through when it is not there. */
    @Test
    void withoutTheQueryLayerEveryRowIsSeen() throws SQLException {
        try (Connection all = database.superuser().getConnection()) {
            asA(() -> assertThat(texts(DSL.using(all, SQLDialect.POSTGRES))).hasSize(4));
        }
        assertThatThrownBy(() -> db.select(NOTE_TENANT).from(NOTE).fetch()).isInstanceOf(TenantNotSetException.class);
    }

    private static VisitListener nothing() {
        return new VisitListener() {};
    }

    /** An execute listener of one's own beside Boundary's does no harm. */
    @Test
    void ownExecuteListenersBesideIt() {
        Configuration appended = db.configuration().deriveAppending(new ExecuteListener() {});
        asA(() -> assertThat(texts(DSL.using(appended))).containsExactly("a1", "a2"));
    }
}
