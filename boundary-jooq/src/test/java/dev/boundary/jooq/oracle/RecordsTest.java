package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.BOOKING;
import static dev.boundary.jooq.clubs.Tables.COURT;
import static dev.boundary.jooq.clubs.Tables.MAINTENANCE;
import static dev.boundary.jooq.clubs.Tables.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.CrossTenantException;
import dev.boundary.core.PolicyViolationException;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.core.event.BoundaryEvent;
import dev.boundary.core.event.BoundaryEvent.Violation;
import dev.boundary.core.internal.EventPublisher;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.jooq.clubs.tables.daos.MemberDao;
import dev.boundary.jooq.clubs.tables.records.BookingRecord;
import dev.boundary.jooq.clubs.tables.records.CourtRecord;
import dev.boundary.jooq.clubs.tables.records.MemberRecord;
import dev.boundary.jooq.internal.query.QueryLayer;
import dev.boundary.jooq.internal.query.QueryLayerSettings;
import dev.boundary.jooq.internal.query.QueryLayerSettings.Observe;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.Batch;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.Result;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.conf.StatementType;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.NoDataFoundException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records, batches, the loader and other ways to send statements, by the query layer alone as a superuser. */
class RecordsTest {

    private static final UUID N = (UUID) Clubs.NORTH.value();
    private static final UUID S = (UUID) Clubs.SOUTH.value();

    private static TestDatabase database;

    private Connection connection;
    private DSLContext db;

    @BeforeAll
    static void create() throws SQLException {
        database = PostgresServer.shared().createDatabase();
        TestDatabase.execute(database.superuser(), Clubs.DDL);
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @BeforeEach
    void start() throws SQLException {
        connection = database.superuser().getConnection();
        execute("""
                truncate app.court, app.member, app.booking, app.maintenance cascade;
                insert into app.court values (11, '%1$s', 'Court 1', 'clay', 10), (21, '%2$s', 'Court 1', 'clay', 10);
                insert into app.member values ('%1$s', 1, 'Anna', 'Bern', null), ('%2$s', 1, 'Ben', 'Bern', null),
                  ('%2$s', 2, 'Carla', 'Bern', null);
                """.formatted(N, S));
        db = context(new Settings());
    }

    @AfterEach
    void stop() throws SQLException {
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private DSLContext context(Settings settings) {
        return DSL.using(new DefaultConfiguration()
                .set(SQLDialect.POSTGRES)
                .set(connection)
                .set(settings)
                .set(Clubs.queryLayer()));
    }

    private static <R> R as(TenantKey tenant, Callable<R> action) throws Exception {
        return TenantContext.where(tenant).call(action::call);
    }

    private static void as(TenantKey tenant, Runnable action) {
        TenantContext.where(tenant).run(action);
    }

    private String names() {
        return DSL.using(connection, SQLDialect.POSTGRES)
                .fetch("select tenant_id, id, name from app.member order by 1, 2")
                .map(row -> row.get(0, UUID.class).getLeastSignificantBits() + ":" + row.get(1) + row.get(2))
                .toString();
    }

    @Test
    void recordsAreFilledAndKept() {
        as(Clubs.NORTH, () -> {
            MemberRecord member = db.newRecord(MEMBER);
            member.setId(2);
            member.setName("Dora");
            member.store();
            MemberRecord other = db.fetchOne(MEMBER, MEMBER.ID.eq(1));
            other.setName("Alma");
            assertThat(other.update()).isEqualTo(1);
        });
        assertThat(names()).isEqualTo("[1:1Alma, 1:2Dora, 2:1Ben, 2:2Carla]");
    }

    @Test
    void recordsOfOthersAreOutOfReach() throws Exception {
        MemberRecord foreign = as(Clubs.SOUTH, () -> db.fetchOne(MEMBER, MEMBER.ID.eq(2)));
        as(Clubs.NORTH, () -> {
            foreign.setName("Stolen");
            assertThat(foreign.update()).isZero();
            assertThat(foreign.delete()).isZero();
            assertThatThrownBy(foreign::refresh).isInstanceOf(NoDataFoundException.class);
            assertThatThrownBy(() -> db.executeUpdate(
                            foreign, MEMBER.ID.eq(2).and(DSL.falseCondition().not())))
                    .isNotInstanceOf(NullPointerException.class);
        });
        assertThat(names()).isEqualTo("[1:1Anna, 2:1Ben, 2:2Carla]");
    }

    @Test
    void aRecordCannotMoveToAnotherTenant() throws Exception {
        MemberRecord own = as(Clubs.NORTH, () -> db.fetchOne(MEMBER, MEMBER.ID.eq(1)));
        as(Clubs.NORTH, () -> {
            own.setTenantId(S);
            assertThatThrownBy(own::store).isInstanceOf(BoundaryException.class);
            assertThatThrownBy(own::update).isInstanceOf(BoundaryException.class);
        });
        assertThat(names()).isEqualTo("[1:1Anna, 2:1Ben, 2:2Carla]");
    }

    /**
     * jOOQ inserts the joins of paths into a statement later, and not always with their bind values in the right place.
     */
    @Test
    void valuesBetweenImplicitJoinsStayWhereTheyAre() {
        as(Clubs.NORTH, () -> {
            var row = db.select(
                            DSL.field(DSL.select(DSL.max(BOOKING.court().NAME)).from(BOOKING)),
                            DSL.val(S),
                            DSL.field(DSL.select(DSL.max(BOOKING.member().NAME)).from(BOOKING)),
                            DSL.val(42))
                    .fetchSingle();
            assertThat(row.value2()).isEqualTo(S);
            assertThat(row.value4()).isEqualTo(42);
            assertThat(db.update(MAINTENANCE)
                            .set(
                                    MAINTENANCE.COST,
                                    DSL.field(DSL.select(DSL.count(BOOKING.court().NAME))
                                            .from(BOOKING)))
                            .set(MAINTENANCE.LABEL, "done")
                            .where(MAINTENANCE.ID.in(
                                    DSL.select(DSL.max(BOOKING.court().ID)).from(BOOKING)))
                            .or(MAINTENANCE.LABEL.eq("no such label"))
                            .execute())
                    .isNotNegative();
        });
    }

    /** Without policies PostgreSQL only says that a column is null. */
    @Test
    void aParentThatIsMissingOrForeignIsNamed() {
        DSLContext alone = Boundary.builder(Clubs.declaration().build())
                .layers(Layers.QUERY_ONLY)
                .build()
                .dsl(database.superuser());
        as(Clubs.NORTH, () -> {
            for (int court : new int[] {21, 99}) {
                assertThatThrownBy(() -> alone.insertInto(MAINTENANCE)
                                .set(MAINTENANCE.ID, 1)
                                .set(MAINTENANCE.COURT_ID, court)
                                .set(MAINTENANCE.LABEL, "paint")
                                .set(MAINTENANCE.COST, 1)
                                .execute())
                        .isInstanceOf(PolicyViolationException.class)
                        .hasMessageContaining("court_id of table maintenance")
                        .hasMessageContaining("does not exist or belongs to another tenant");
            }
            assertThatThrownBy(() -> alone.insertInto(MEMBER).set(MEMBER.ID, 7).execute())
                    .as("a null value that is about nothing else")
                    .isInstanceOf(DataAccessException.class)
                    .isNotInstanceOf(PolicyViolationException.class);
        });
    }

    @Test
    void recordsMerge() {
        as(Clubs.NORTH, () -> {
            MemberRecord member = db.newRecord(MEMBER);
            member.setTenantId(N);
            member.setId(1);
            member.setName("Alma");
            member.merge();
        });
        assertThat(names()).isEqualTo("[1:1Alma, 2:1Ben, 2:2Carla]");
    }

    @Test
    void daosReadAndWriteTheirTenant() {
        as(Clubs.NORTH, () -> {
            MemberDao dao = new MemberDao(db.configuration());
            assertThat(dao.count()).isEqualTo(1);
            assertThat(dao.findAll()).extracting(member -> member.getName()).containsExactly("Anna");
            dao.insert(new dev.boundary.jooq.clubs.tables.pojos.Member(null, 5, "Emil", null, null));
            assertThat(dao.fetchByName("Ben")).isEmpty();
            dao.delete(new dev.boundary.jooq.clubs.tables.pojos.Member(S, 1, "Ben", "Bern", null));
        });
        assertThat(names()).isEqualTo("[1:1Anna, 1:5Emil, 2:1Ben, 2:2Carla]");
    }

    @Test
    void batchesOfRecords() {
        as(Clubs.NORTH, () -> {
            List<MemberRecord> members = new ArrayList<>();
            for (int id = 10; id < 13; id++) {
                MemberRecord member = db.newRecord(MEMBER);
                member.setId(id);
                member.setName("B" + id);
                members.add(member);
            }
            assertThat(db.batchInsert(members).execute()).containsExactly(1, 1, 1);
            List<MemberRecord> fetched = db.fetch(MEMBER, MEMBER.ID.ge(10));
            fetched.forEach(member -> member.setName("C" + member.getId()));
            assertThat(db.batchUpdate(fetched).execute()).containsExactly(1, 1, 1);
            assertThat(db.batchDelete(fetched.subList(0, 2)).execute()).containsExactly(1, 1);
        });
        assertThat(names()).isEqualTo("[1:1Anna, 1:12C12, 2:1Ben, 2:2Carla]");
    }

    @Test
    void batchesWithBindValues() {
        as(Clubs.NORTH, () -> {
            db.batch(db.insertInto(MEMBER, MEMBER.ID, MEMBER.NAME).values((Integer) null, null))
                    .bind(20, "X")
                    .bind(21, "Y")
                    .execute();
            db.batch(db.update(MEMBER).set(MEMBER.NAME, (String) null).where(MEMBER.ID.eq((Integer) null)))
                    .bind("Z", 20)
                    .bind("stolen", 2)
                    .execute();
            db.batch(
                            db.deleteFrom(MEMBER).where(MEMBER.NAME.eq("Y")),
                            db.deleteFrom(MEMBER).where(MEMBER.ID.eq(2)))
                    .execute();
        });
        assertThat(names()).isEqualTo("[1:1Anna, 1:20Z, 2:1Ben, 2:2Carla]");
    }

    @Test
    void aBatchMayBindItsOwnTenant() {
        as(Clubs.NORTH, () -> {
            db.batch(db.insertInto(MEMBER, MEMBER.TENANT_ID, MEMBER.ID, MEMBER.NAME)
                            .values((UUID) null, null, null))
                    .bind(N, 30, "X")
                    .bind(null, 31, "Y")
                    .execute();
        });
        assertThat(names()).isEqualTo("[1:1Anna, 1:30X, 1:31Y, 2:1Ben, 2:2Carla]");
    }

    /** A foreign tenant among the bind values comes after rendering: the value in the statement was harmless. */
    @Test
    void aBatchCannotBindAForeignTenant() {
        as(Clubs.NORTH, () -> {
            Query insert = db.insertInto(MEMBER, MEMBER.ID, MEMBER.TENANT_ID, MEMBER.NAME)
                    .values(0, N, "");
            assertCrossTenant(db.batch(insert).bind(30, N, "X").bind(31, S, "Y"));
            Query filled = db.insertInto(MEMBER, MEMBER.ID, MEMBER.NAME, MEMBER.TENANT_ID)
                    .values(0, "", (UUID) null);
            assertCrossTenant(db.batch(filled).bind(30, "X", null).bind(31, "Y", S));
            Query update = db.update(MEMBER)
                    .set(MEMBER.NAME, "")
                    .set(MEMBER.TENANT_ID, N)
                    .where(MEMBER.ID.eq(0));
            assertCrossTenant(db.batch(update).bind("stolen", S, 1));
        });
        assertThat(names()).isEqualTo("[1:1Anna, 2:1Ben, 2:2Carla]");
    }

    private static void assertCrossTenant(Batch batch) {
        assertThatThrownBy(batch::execute)
                .isInstanceOfSatisfying(
                        CrossTenantException.class,
                        e -> assertThat(e.getMessage()).contains(N.toString(), S.toString(), "member"));
    }

    @Test
    void otherValuesOfABatchMayLookLikeATenant() {
        as(Clubs.NORTH, () -> {
            db.batch(db.insertInto(MEMBER, MEMBER.NAME, MEMBER.TENANT_ID, MEMBER.ID, MEMBER.CITY)
                            .values("", N, 0, ""))
                    .bind(S.toString(), N, 30, S.toString())
                    .execute();
            assertThat(db.fetchCount(MEMBER, MEMBER.NAME.eq(S.toString()))).isEqualTo(1);
        });
    }

    /** jOOQ renders each record alone and then one statement for all of them: both must have the same placeholders. */
    @Test
    void batchesOfRecordsWithTheTenantAmongTheirColumns() {
        as(Clubs.NORTH, () -> {
            db.insertInto(COURT, COURT.ID, COURT.NAME, COURT.RATE)
                    .values(12, "Court 2", 20)
                    .execute();
            Result<CourtRecord> courts = db.selectFrom(COURT).orderBy(COURT.ID).fetch();
            courts.forEach(court -> {
                court.setName("New " + court.getId());
                court.touched(true);
                court.touched(COURT.ID, false);
            });
            assertThat(db.batchUpdate(courts).execute()).containsExactly(1, 1);
            assertThat(db.select(COURT.ID, COURT.NAME, COURT.RATE)
                            .from(COURT)
                            .orderBy(COURT.ID)
                            .fetch(row -> row.value1() + row.value2() + row.value3()))
                    .containsExactly("11New 1110", "12New 1220");
            courts.forEach(court -> {
                court.touched(false);
                court.touched(COURT.TENANT_ID, true);
            });
            assertThat(db.batchUpdate(courts).execute()).containsExactly(1, 1);
            courts.getFirst().setTenantId(S);
            assertThatThrownBy(() -> db.batchUpdate(courts).execute()).isInstanceOf(CrossTenantException.class);
        });
    }

    @Test
    void rowsAreAssignedWithoutTheTenantTheyHave() {
        as(Clubs.NORTH, () -> {
            assertThat(db.update(MEMBER)
                            .set(DSL.row(MEMBER.TENANT_ID, MEMBER.NAME), DSL.row(DSL.val(N), DSL.val("Alma")))
                            .execute())
                    .isEqualTo(1);
            assertThat(db.update(MEMBER)
                            .set(
                                    DSL.row(MEMBER.TENANT_ID, MEMBER.CITY),
                                    DSL.select(COURT.TENANT_ID, COURT.NAME).from(COURT))
                            .execute())
                    .isEqualTo(1);
            assertThatThrownBy(() -> db.update(MEMBER)
                            .set(
                                    DSL.row(MEMBER.TENANT_ID, MEMBER.CITY),
                                    DSL.select(DSL.coalesce(DSL.val(S), DSL.val(N)), DSL.val("x")))
                            .execute())
                    .hasMessageContaining("null value in column \"tenant_id\"");
        });
        assertThat(names()).isEqualTo("[1:1Alma, 2:1Ben, 2:2Carla]");
    }

    @Test
    void whatIsExplainedIsTheRewrittenStatement() {
        as(Clubs.NORTH, () -> {
            assertThat(db.explain(db.selectFrom(MEMBER)).plan())
                    .contains("tenant_id = ")
                    .contains(N.toString());
            assertThat(db.explain(db.deleteFrom(MEMBER)).plan())
                    .contains("tenant_id = ")
                    .contains(N.toString());
            assertThatThrownBy(() -> db.explain(db.insertInto(MEMBER, MEMBER.TENANT_ID, MEMBER.ID, MEMBER.NAME)
                            .values(S, 9, "x")))
                    .isInstanceOf(CrossTenantException.class);
        });
        assertThatThrownBy(() -> db.explain(db.selectFrom(MEMBER))).isInstanceOf(TenantNotSetException.class);
    }

    /** Generated routines are known by their qualified names, whatever the settings make of these. */
    @Test
    void allowedRoutinesAreThatWithoutTheirSchemaToo() throws Exception {
        DSLContext unqualified = context(new Settings().withRenderSchema(false));
        execute("set search_path to app");
        as(
                Clubs.NORTH,
                () -> assertThat(unqualified
                                .select(Routines.doubled(DSL.val(4)), Routines.doubled(MEMBER.ID))
                                .from(MEMBER)
                                .fetchSingle()
                                .intoList())
                        .containsExactly(8, 2));
    }

    @Test
    void theLoaderFillsTheTenant() throws Exception {
        as(
                Clubs.NORTH,
                () -> db.loadInto(MEMBER)
                        .batchAfter(2)
                        .bulkAfter(2)
                        .loadCSV("40;K\n41;L\n42;M\n")
                        .fields(MEMBER.ID, MEMBER.NAME)
                        .separator(';')
                        .ignoreRows(0)
                        .execute());
        assertThat(names()).isEqualTo("[1:1Anna, 1:40K, 1:41L, 1:42M, 2:1Ben, 2:2Carla]");
    }

    @Test
    void staticStatementsAndFetchCount() {
        DSLContext inlined = context(new Settings().withStatementType(StatementType.STATIC_STATEMENT));
        as(Clubs.NORTH, () -> {
            assertThat(inlined.fetchCount(MEMBER)).isEqualTo(1);
            assertThat(db.fetchCount(db.selectFrom(MEMBER))).isEqualTo(1);
            assertThat(db.fetchExists(MEMBER, MEMBER.NAME.eq("Ben"))).isFalse();
            assertThat(inlined.insertInto(MEMBER)
                            .set(MEMBER.ID, 7)
                            .set(MEMBER.NAME, "G")
                            .execute())
                    .isEqualTo(1);
        });
        assertThat(names()).isEqualTo("[1:1Anna, 1:7G, 2:1Ben, 2:2Carla]");
    }

    @Test
    void oneStatementObjectServesAllTenantsAtOnce() throws Exception {
        DSLContext renderer = Clubs.renderer();
        ResultQuery<BookingRecord> query = renderer.selectFrom(BOOKING)
                .where(BOOKING.COURT_ID.in(renderer.select(COURT.ID).from(COURT)));
        String before = DSL.using(SQLDialect.POSTGRES).render(query);
        AtomicInteger rendered = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        List<Throwable> errors = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int thread = 1; thread <= 4; thread++) {
            UUID tenant = new UUID(0, thread);
            threads.add(Thread.ofVirtual()
                    .start(() -> as(TenantKey.of(tenant), () -> {
                        try {
                            for (int i = 0; i < 500; i++) {
                                assertThat(renderer.extractBindValues(query)).isEmpty();
                                assertThat(renderer.renderInlined(query))
                                        .contains(tenant.toString())
                                        .doesNotContainPattern(
                                                "0000000" + "[^" + tenant.getLeastSignificantBits() + "0]'");
                                rendered.incrementAndGet();
                            }
                        } catch (Throwable e) {
                            errors.add(e);
                        }
                    })));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(errors).isEmpty();
        assertThat(rendered).hasValue(2000);
        assertThat(DSL.using(SQLDialect.POSTGRES).render(query)).isEqualTo(before);
    }

    /** What cannot be checked before is checked by the database. */
    @Test
    void aComputedForeignTenantIsAnError() {
        as(Clubs.NORTH, () -> {
            assertThatThrownBy(() -> db.insertInto(MEMBER, MEMBER.TENANT_ID, MEMBER.ID, MEMBER.NAME)
                            .select(DSL.select(DSL.coalesce(DSL.val(S), DSL.val(N)), DSL.val(60), DSL.val("x")))
                            .execute())
                    .hasMessageContaining("null value in column \"tenant_id\"");
            assertThatThrownBy(() -> db.update(MEMBER)
                            .set(MEMBER.TENANT_ID, DSL.coalesce(DSL.val(S), DSL.val(N)))
                            .execute())
                    .hasMessageContaining("null value in column \"tenant_id\"");
        });
        assertThat(names()).isEqualTo("[1:1Anna, 2:1Ben, 2:2Carla]");
    }

    @Test
    void aChildOfAForeignRowIsAnError() {
        as(Clubs.NORTH, () -> {
            assertThat(db.insertInto(MAINTENANCE).values(1, 11, "own", 1).execute())
                    .isEqualTo(1);
            assertThatThrownBy(() -> db.insertInto(MAINTENANCE)
                            .values(2, 21, "foreign", 1)
                            .execute())
                    .hasMessageContaining("null value in column \"court_id\"");
            assertThatThrownBy(() ->
                            db.update(MAINTENANCE).set(MAINTENANCE.COURT_ID, 21).execute())
                    .hasMessageContaining("null value in column \"court_id\"");
        });
    }

    @Test
    void withoutAScopeOnlyTablesWithoutTenantsCanBeRead() {
        assertThatThrownBy(() -> db.selectFrom(MEMBER).fetch())
                .isInstanceOf(TenantNotSetException.class)
                .hasMessageContaining("select on app.member");
        assertThatThrownBy(() -> db.deleteFrom(MEMBER).execute()).isInstanceOf(TenantNotSetException.class);
        assertThatThrownBy(() -> db.insertInto(MEMBER).set(MEMBER.ID, 1).execute())
                .isInstanceOf(TenantNotSetException.class);
        assertThat(db.fetchCount(dev.boundary.jooq.clubs.Tables.CURRENCY)).isZero();
    }

    @Test
    void relaxedMeansNoRows() {
        DSLContext relaxed = DSL.using(new DefaultConfiguration()
                .set(SQLDialect.POSTGRES)
                .set(connection)
                .set(new QueryLayer(
                                Clubs.declaration().build(),
                                new QueryLayerSettings(false, true, Observe.NOTHING),
                                new EventPublisher(List.of()))
                        .visitListenerProvider()));
        assertThat(relaxed.selectFrom(MEMBER).fetch()).isEmpty();
        assertThat(relaxed.deleteFrom(MEMBER).execute()).isZero();
    }

    @Test
    void anUnscopedScopeSeesEverything() {
        TenantContext.unscoped("test")
                .run(() -> assertThat(db.fetchCount(MEMBER)).isEqualTo(3));
    }

    @Test
    void observedTablesAreReportedAndLetThrough() {
        List<BoundaryEvent> events = new ArrayList<>();
        QueryLayerSettings observing =
                new QueryLayerSettings(true, true, new Observe(false, Set.of(DSL.name("app", "member"))));
        DSLContext observed = DSL.using(new DefaultConfiguration()
                .set(SQLDialect.POSTGRES)
                .set(connection)
                .set(new QueryLayer(Clubs.declaration().build(), observing, new EventPublisher(List.of(events::add)))
                        .visitListenerProvider()));
        as(Clubs.NORTH, () -> {
            observed.insertInto(MEMBER)
                    .set(MEMBER.TENANT_ID, S)
                    .set(MEMBER.ID, 50)
                    .set(MEMBER.NAME, "let through")
                    .execute();
            assertThatThrownBy(() ->
                            observed.update(BOOKING).set(BOOKING.TENANT_ID, S).execute())
                    .isInstanceOf(CrossTenantException.class);
            assertThat(observed.fetchCount(MEMBER)).isEqualTo(1);
        });
        assertThat(events).hasSize(2).allSatisfy(event -> assertThat(event).isInstanceOf(Violation.class));
        assertThat(((Violation) events.getFirst()).refused()).isFalse();
        assertThat(((Violation) events.getLast()).refused()).isTrue();
    }

    @Test
    void renamedSchemasAreTheSameTables() throws SQLException {
        execute("alter schema app rename to prod");
        DSLContext mapped = context(new Settings()
                .withRenderMapping(new RenderMapping()
                        .withSchemata(new MappedSchema().withInput("app").withOutput("prod"))));
        try {
            as(Clubs.NORTH, () -> {
                assertThat(mapped.fetchCount(MEMBER)).isEqualTo(1);
                assertThat(mapped.select(MEMBER.member().NAME).from(MEMBER).fetch())
                        .hasSize(1);
                assertThat(mapped.select(DSL.asterisk())
                                .from(table(name("prod", "member")))
                                .fetch())
                        .hasSize(1);
                assertThatThrownBy(() -> mapped.select()
                                .from(table(name("other", "member")))
                                .fetch())
                        .isInstanceOf(StatementRefusedException.class);
            });
        } finally {
            execute("alter schema prod rename to app");
        }
    }
}
