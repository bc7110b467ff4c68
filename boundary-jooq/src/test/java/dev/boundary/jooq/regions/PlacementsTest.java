package dev.boundary.jooq.regions;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.regions.Note.NOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.core.BoundaryException;
import dev.boundary.core.CrossTenantException;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.UnsafeDatabaseException;
import dev.boundary.core.event.BoundaryEvent;
import dev.boundary.core.event.BoundaryEvent.Violation;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.OwnDatabase;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.core.routing.Placement.SharedTables;
import dev.boundary.core.routing.UnknownPlacementException;
import dev.boundary.jooq.Binding;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.jooq.internal.session.SessionDatabase;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import dev.boundary.routing.PlacedDataSource;
import dev.boundary.routing.RegionalDataSource;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultConnectionProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * One service; tenants A and B share tables, C and D have schemas of their own, E a database. Each one's statements
 * reach its place only, and one that is sent to the wrong place finds nothing there.
 */
class PlacementsTest {

    private static final TenantKey C = TenantKey.of(3L);
    private static final TenantKey D = TenantKey.of(4L);
    private static final TenantKey E = TenantKey.of(5L);
    private static final OwnSchema ACME = new OwnSchema("acme");
    private static final OwnSchema GLOBEX = new OwnSchema("globex-2");
    private static final SharedTables SHARED = new SharedTables();

    private static final TenantSchema SCHEMA =
            TenantSchema.builder().tenant(NOTE, NOTE.tenantId).build();

    @SuppressWarnings("NullAway.Init")
    private static TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private static TestDatabase other;

    private final Map<TenantKey, Placement> registry = new ConcurrentHashMap<>();
    private final List<BoundaryEvent> events = new ArrayList<>();

    @BeforeAll
    static void start() throws SQLException {
        database = SessionDatabase.create();
        other = SessionDatabase.create();
        register(database, "('acme', '3'), ('globex-2', '4')");
        register(other, "('', '5')");
        makeSchema(database, ACME);
        makeSchema(database, GLOBEX);
    }

    @AfterAll
    static void stop() throws SQLException {
        other.close();
        database.close();
    }

    /** As {@code TenantPlaces} of boundary-tenants does it. */
    static void register(TestDatabase in, String places) throws SQLException {
        TestDatabase.execute(
                in.owner(),
                "create schema boundary_isolation",
                "create table boundary_isolation.place (schema_name text primary key, tenant_key text not null)",
                "grant usage on schema boundary_isolation to boundary_app",
                "grant select on boundary_isolation.place to boundary_app",
                "insert into boundary_isolation.place values " + places);
    }

    static void makeSchema(TestDatabase database, OwnSchema own) throws SQLException {
        String table = own.quoted() + ".note";
        TestDatabase.execute(
                database.owner(),
                "create schema " + own.quoted(),
                "grant usage on schema " + own.quoted() + " to boundary_app, boundary_admin",
                "create table " + table
                        + " (id bigint generated by default as identity primary key,"
                        + " tenant_id bigint not null, text text)");
        TestDatabase.execute(
                database.owner(),
                TableChanges.protectTable(
                                new TableName(own.schema(), "note"),
                                TableRows.byTenantColumn("tenant_id"),
                                RoleNames.DEFAULT,
                                TablePrivilege.ALL)
                        .apply()
                        .toArray(String[]::new));
    }

    @BeforeEach
    void reset() throws SQLException {
        String truncate = "truncate public.note";
        TestDatabase.execute(
                database.superuser(),
                truncate + ", acme.note, \"globex-2\".note",
                "insert into public.note (tenant_id, text) values (1, 'shared a'), (2, 'shared b')",
                "insert into acme.note (tenant_id, text) values (3, 'own c')",
                "insert into \"globex-2\".note (tenant_id, text) values (4, 'own d')");
        TestDatabase.execute(
                other.superuser(), truncate, "insert into public.note (tenant_id, text) values (5, 'own e')");
        registry.putAll(Map.of(A, SHARED, B, SHARED, C, ACME, D, GLOBEX, E, new OwnDatabase(other.name())));
    }

    private static DataSource shared() {
        return ofPublic(database);
    }

    private static DataSource ofPublic(TestDatabase in) {
        PGSimpleDataSource source = in.application();
        source.setCurrentSchema("public, pg_temp");
        return source;
    }

    private static PGSimpleDataSource inSchema(OwnSchema schema) {
        PGSimpleDataSource source = database.application();
        source.setCurrentSchema(schema.searchPath());
        return source;
    }

    private PlacedDataSource placed() {
        return PlacedDataSource.builder(shared(), tenant -> Optional.ofNullable(registry.get(tenant)))
                .ownSchemas(PlacementsTest::inSchema)
                .ownDatabases(own -> ofPublic(other))
                .build();
    }

    private Boundary boundary() {
        return Boundary.builder(SCHEMA)
                .admin(database.admin())
                .listener(events::add)
                .build();
    }

    private DSLContext dsl() {
        return boundary().dsl(placed());
    }

    private static List<String> notes(DSLContext db) {
        return db.select(NOTE.text).from(NOTE).orderBy(NOTE.text).fetch(NOTE.text);
    }

    private static List<String> notesOf(TenantKey tenant, DSLContext db) {
        return TenantContext.where(tenant).call(() -> notes(db));
    }

    private static int rows(TestDatabase in, String table) throws SQLException {
        try (Connection connection = in.superuser().getConnection()) {
            return DSL.using(connection).fetchCount(DSL.table(table));
        }
    }

    @ParameterizedTest
    @EnumSource(Binding.class)
    void eachTenantsStatementsReachItsPlaceOnly(Binding binding) throws SQLException {
        DSLContext db = Boundary.builder(SCHEMA).binding(binding).build().dsl(placed());
        assertThat(notesOf(A, db)).containsExactly("shared a");
        assertThat(notesOf(B, db)).containsExactly("shared b");
        assertThat(notesOf(C, db)).containsExactly("own c");
        assertThat(notesOf(D, db)).containsExactly("own d");
        assertThat(notesOf(E, db)).containsExactly("own e");
        TenantContext.where(C)
                .run(() -> db.insertInto(NOTE, NOTE.text).values("new").execute());
        TenantContext.where(E)
                .run(() -> db.transaction(inner ->
                        inner.dsl().update(NOTE).set(NOTE.text, "changed").execute()));
        assertThat(rows(database, "acme.note")).isEqualTo(2);
        assertThat(rows(database, "public.note")).isEqualTo(2);
        assertThat(notesOf(E, db)).containsExactly("changed");
        assertThat(notesOf(C, db)).containsExactly("new", "own c");
        assertThatExceptionOfType(CrossTenantException.class)
                .isThrownBy(() -> TenantContext.where(C)
                        .call(() -> db.insertInto(NOTE, NOTE.tenantId, NOTE.text)
                                .values(4L, "foreign")
                                .execute()));
    }

    @Test
    void plainJdbcReachesTheSamePlaces() throws SQLException {
        DataSource source = boundary().dataSource(placed());
        assertThat(TenantContext.where(C).call(() -> textBy(source))).isEqualTo("own c");
        assertThat(TenantContext.where(E).call(() -> textBy(source))).isEqualTo("own e");
        assertThat(TenantContext.where(A).call(() -> textBy(source))).isEqualTo("shared a");
    }

    private static String textBy(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return String.valueOf(DSL.using(connection).fetchValue("select text from note"));
        }
    }

    /** The check, the guard and the query layer left out: row-level security alone, in another tenant's place. */
    @Test
    void aWrongRoutingFindsNothing() {
        Boundary rlsOnly = Boundary.builder(SCHEMA).layers(Layers.RLS_ONLY).build();
        DSLContext inAcme = rlsOnly.dsl(unqualified(inSchema(ACME)));
        assertThat(notesOf(C, inAcme)).containsExactly("own c"); // the control
        assertThat(notesOf(A, inAcme)).isEmpty();
        assertThat(notesOf(D, inAcme)).isEmpty();
        assertThat(TenantContext.where(D)
                        .call(() -> inAcme.update(NOTE).set(NOTE.text, "x").execute()))
                .isZero();
        DSLContext inOther = rlsOnly.dsl(unqualified(other.application()));
        assertThat(notesOf(A, inOther)).isEmpty();
    }

    private static Configuration unqualified(DataSource source) {
        return new DefaultConfiguration()
                .set(SQLDialect.POSTGRES)
                .set(new Settings().withRenderSchema(false))
                .set(new DataSourceConnectionProvider(source));
    }

    @Test
    void anUnknownPlacementIsRefusedAndReported() {
        DSLContext db = dsl();
        registry.remove(C);
        assertThatExceptionOfType(UnknownPlacementException.class)
                .isThrownBy(() -> notesOf(C, db))
                .withMessageContaining("tenant 3");
        assertThat(events).singleElement().isInstanceOfSatisfying(Violation.class, violation -> {
            assertThat(violation.refused()).isTrue();
            assertThat(violation.error()).isInstanceOf(UnknownPlacementException.class);
        });
    }

    @Test
    void twoTenantsAreNotGivenOnePlace() {
        registry.put(D, ACME);
        DSLContext db = dsl();
        assertThatExceptionOfType(UnsafeDatabaseException.class) // D comes first, and the database knows better
                .isThrownBy(() -> notesOf(D, db))
                .withMessageContaining("tenant 3's own");
        DSLContext next = dsl();
        assertThat(notesOf(C, next)).containsExactly("own c");
        assertThatExceptionOfType(UnknownPlacementException.class)
                .isThrownBy(() -> notesOf(D, next))
                .withMessageContaining("tenant 3's own");
    }

    /** The registry says so, and the database does not. */
    @Test
    void aPlaceIsCheckedForEachTenant() {
        DSLContext db = dsl();
        assertThat(notesOf(C, db)).containsExactly("own c");
        registry.put(C, SHARED);
        registry.put(D, ACME);
        assertThatExceptionOfType(UnsafeDatabaseException.class)
                .isThrownBy(() -> notesOf(D, db))
                .withMessageContaining("tenant 3's own");
        registry.put(D, GLOBEX);
        registry.put(C, ACME);
        assertThat(notesOf(C, db)).containsExactly("own c");
        assertThat(notesOf(D, db)).containsExactly("own d");
    }

    @Test
    void aConnectionStaysWithItsPlace() {
        DSLContext db = dsl();
        TenantContext.where(C)
                .run(() -> db.connection(connection -> {
                    DSLContext onIt = boundary().dsl(unqualified(connection));
                    assertThat(notes(onIt)).containsExactly("own c");
                    for (TenantKey stranger : List.of(A, D, E)) {
                        assertThatExceptionOfType(StatementRefusedException.class)
                                .isThrownBy(() -> notesOf(stranger, onIt))
                                .withMessageContaining("on a connection to schema \"acme\"");
                    }
                }));
        TenantContext.where(A)
                .run(() -> db.connection(connection -> {
                    DSLContext onIt = boundary().dsl(unqualified(connection));
                    assertThat(notesOf(B, onIt)).containsExactly("shared b"); // the same place
                    assertThatExceptionOfType(StatementRefusedException.class).isThrownBy(() -> notesOf(C, onIt));
                }));
    }

    static Configuration unqualified(Connection connection) {
        return new DefaultConfiguration()
                .set(SQLDialect.POSTGRES)
                .set(new Settings().withRenderSchema(false))
                .set(new DefaultConnectionProvider(connection));
    }

    @Test
    void aPlacementThatChangesEndsTheTransactionsInTheOldPlace() throws SQLException {
        DSLContext db = dsl();
        assertThatExceptionOfType(StatementRefusedException.class)
                .isThrownBy(() -> TenantContext.where(C)
                        .run(() -> db.transaction(inner -> {
                            inner.dsl()
                                    .insertInto(NOTE, NOTE.text)
                                    .values("too late")
                                    .execute();
                            registry.put(C, SHARED);
                            notes(inner.dsl());
                        })))
                .withMessageContaining("The tenant's rows are in the shared tables");
        assertThat(rows(database, "acme.note")).isEqualTo(1);
        assertThat(notesOf(C, db)).isEmpty(); // in the shared tables, where it has no row
        registry.put(C, ACME);
        assertThat(notesOf(C, db)).containsExactly("own c");
    }

    @Test
    void aConnectionWhoseSearchPathWasChangedIsNotGivenOut() {
        try (HikariDataSource pool = pool(inSchema(ACME))) {
            PlacedDataSource placed = PlacedDataSource.builder(shared(), tenant -> Optional.of(ACME))
                    .ownSchemas(schema -> pool)
                    .build();
            Boundary boundary = boundary();
            DSLContext db = boundary.dsl(placed);
            assertThat(notesOf(C, db)).containsExactly("own c");
            TenantContext.where(C)
                    .run(() -> boundary.rlsOnly(db, "an attack").execute("set search_path = \"globex-2\", pg_temp"));
            assertThatExceptionOfType(StatementRefusedException.class)
                    .isThrownBy(() -> notesOf(C, db))
                    .withMessageContaining("globex-2")
                    .withMessageContaining("SET LOCAL");
            TenantContext.where(C)
                    .run(() -> db.transaction(inner -> boundary.rlsOnly(inner.dsl(), "allowed")
                            .execute("set local search_path = \"globex-2\", pg_temp")));
            assertThat(notesOf(C, db)).containsExactly("own c"); // on another connection, and after SET LOCAL
        }
    }

    private static HikariDataSource pool(DataSource source) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(5_000);
        return new HikariDataSource(config);
    }

    @Test
    void aNameThatLeadsToTheSharedTablesIsNoOwnTable() throws SQLException {
        OwnSchema empty = new OwnSchema("empty");
        TestDatabase.execute(
                database.owner(),
                "create schema empty",
                "grant usage on schema empty to boundary_app",
                "insert into boundary_isolation.place values ('empty', '6')");
        TenantKey tenant = TenantKey.of(6L);
        registry.put(tenant, empty);
        assertFinding(tenant, "empty, public, pg_temp", "leads to schema public instead of empty");
        assertFinding(tenant, empty.searchPath(), "not found in schema \"empty\"");
        assertFinding(tenant, "acme, pg_temp", "leads to schema acme instead of empty");
        registry.put(C, ACME);
        assertFinding(C, "acme", "Put pg_temp at its end");
        assertFinding(C, "\"$user\", public, pg_temp", "leads to schema public instead of acme");
    }

    private void assertFinding(TenantKey tenant, String searchPath, String finding) {
        PlacedDataSource placed = PlacedDataSource.builder(shared(), key -> Optional.ofNullable(registry.get(key)))
                .ownSchemas(schema -> {
                    PGSimpleDataSource source = database.application();
                    source.setCurrentSchema(searchPath);
                    return source;
                })
                .build();
        DSLContext db = boundary().dsl(placed);
        assertThatExceptionOfType(UnsafeDatabaseException.class)
                .as(searchPath)
                .isThrownBy(() -> notesOf(tenant, db))
                .withMessageContaining(finding);
    }

    @Test
    void theSharedTablesMustBeTheDeclaredOnes() {
        PGSimpleDataSource elsewhere = database.application();
        elsewhere.setCurrentSchema("acme, public, pg_temp");
        PlacedDataSource placed = PlacedDataSource.builder(elsewhere, tenant -> Optional.of(SHARED))
                .ownSchemas(PlacementsTest::inSchema)
                .build();
        assertThatExceptionOfType(UnsafeDatabaseException.class)
                .isThrownBy(() -> boundary().dsl(placed))
                .withMessageContaining("leads to schema acme instead of public");
    }

    @Test
    void anUnsafeOrForeignPlaceIsNotUsedUntilItIsFixed() throws SQLException {
        DSLContext db = dsl();
        TestDatabase.execute(database.superuser(), "alter table \"globex-2\".note disable row level security");
        assertThatExceptionOfType(UnsafeDatabaseException.class)
                .isThrownBy(() -> notesOf(D, db))
                .withMessageContaining("Row-level security is not enabled");
        assertThat(notesOf(C, db)).containsExactly("own c");
        TestDatabase.execute(database.superuser(), "alter table \"globex-2\".note enable row level security");
        assertThat(notesOf(D, db)).containsExactly("own d");

        registry.put(D, new OwnSchema("nowhere"));
        assertThatExceptionOfType(UnsafeDatabaseException.class)
                .isThrownBy(() -> notesOf(D, db))
                .withMessageContaining("The database does not record which tenant owns");
        registry.put(E, new OwnDatabase("elsewhere"));
        assertThatExceptionOfType(UnsafeDatabaseException.class)
                .isThrownBy(() -> notesOf(E, db))
                .withMessageContaining("lead to database \"" + other.name() + "\"");
    }

    @Test
    void statementsNameTablesWithoutTheirSchema() {
        for (Settings settings : List.of(
                new Settings(),
                new Settings()
                        .withRenderMapping(new RenderMapping()
                                .withSchemata(
                                        new MappedSchema().withInput("public").withOutput("acme"))))) {
            Configuration base = new DefaultConfiguration()
                    .set(SQLDialect.POSTGRES)
                    .set(settings)
                    .set(new DataSourceConnectionProvider(placed()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> boundary().dsl(base))
                    .withMessageContaining("withRenderSchema(false)");
        }
        DSLContext db = boundary().dsl(unqualified(placed()));
        assertThat(notesOf(C, db)).containsExactly("own c");
        DSLContext changed = DSL.using(db.configuration().deriveSettings(settings -> settings.withRenderSchema(true)));
        assertThatExceptionOfType(StatementRefusedException.class)
                .isThrownBy(() -> notesOf(C, changed))
                .withMessageContaining("renderSchema(false)");
    }

    @Test
    void nothingIsWrappedAroundIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> boundary().dsl(new DelegatingDataSource(placed())))
                .withMessageContaining("DelegatingDataSource");
        DataSource bound = new DelegatingDataSource(boundary().dataSource(placed()));
        assertThat(notesOf(C, boundary().dsl(bound))).containsExactly("own c"); // around what carries the tenant
    }

    @Test
    void unscopedWorkIsInTheSharedTables() {
        DSLContext db = dsl();
        assertThat(TenantContext.unscoped("report").call(() -> notes(db))).containsExactly("shared a", "shared b");
        DSLContext without = Boundary.builder(SCHEMA).admin(placed()).build().dsl(placed());
        assertThatExceptionOfType(BoundaryException.class)
                .isThrownBy(() -> TenantContext.unscoped("report").call(() -> notes(without)))
                .withMessageContaining("no one place");
    }

    /** Found by the look-up and not named by the scope, a region holds all the same. */
    @Test
    void aRegionThatWasLookedUpHoldsForTheConnectionToo() {
        RegionalDataSource regional = RegionalDataSource.of(
                        Map.of("here", database.application(), "there", other.application()))
                .findingRegions(tenant -> Optional.of(tenant.equals(E) ? "there" : "here"));
        DSLContext db = boundary().dsl(regional);
        assertThat(notesOf(E, db)).containsExactly("own e");
        TenantContext.where(A)
                .run(() -> db.connection(connection -> {
                    DSLContext onIt = boundary().dsl(unqualified(connection));
                    assertThatExceptionOfType(StatementRefusedException.class)
                            .isThrownBy(() -> notesOf(E, onIt))
                            .withMessageContaining("region there");
                }));
    }
}
