package dev.boundary.jooq.regions;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.regions.Note.NOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.UnsafeDatabaseException;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.core.routing.Placement.SharedTables;
import dev.boundary.jooq.Binding;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.jooq.internal.session.CountingSocketFactory;
import dev.boundary.jooq.internal.session.SessionDatabase;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.routing.PlacedDataSource;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Names lead where the scope says, whatever has become of the search path: tenants A and B share tables, C has a schema
 * of its own.
 */
@Tag("every-postgresql")
class SearchPathTest {

    private static final TenantKey C = TenantKey.of(3L);
    private static final OwnSchema ACME = new OwnSchema("acme");
    private static final String TO_ACME = "set search_path to \"acme\", pg_temp";

    private static final TenantSchema SCHEMA =
            TenantSchema.builder().tenant(NOTE, NOTE.tenantId).build();

    @SuppressWarnings("NullAway.Init")
    private static TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private HikariDataSource shared;

    @SuppressWarnings("NullAway.Init")
    private HikariDataSource admin;

    /** For the query layer alone, without policies. */
    @SuppressWarnings("NullAway.Init")
    private HikariDataSource superuser;

    @BeforeAll
    static void start() throws SQLException {
        database = SessionDatabase.create();
        PlacementsTest.register(database, "('acme', '3')");
        PlacementsTest.makeSchema(database, ACME);
    }

    @AfterAll
    static void stop() throws SQLException {
        database.close();
    }

    @BeforeEach
    void reset() throws SQLException {
        TestDatabase.execute(
                database.superuser(),
                "truncate public.note, acme.note",
                "insert into public.note (tenant_id, text) values (1, 'shared a'), (2, 'shared b')",
                "insert into acme.note (tenant_id, text) values (3, 'own c')");
        shared = pool(inSchema("public, pg_temp"));
        admin = pool(database.admin());
        superuser = pool(inSchema(database.superuser(), "public, pg_temp"));
    }

    @AfterEach
    void close() {
        superuser.close();
        admin.close();
        shared.close();
    }

    private static PGSimpleDataSource inSchema(String path) {
        return inSchema(database.application(), path);
    }

    private static PGSimpleDataSource inSchema(PGSimpleDataSource source, String path) {
        source.setCurrentSchema(path);
        return source;
    }

    /** Of one connection, which everybody gets. */
    private static HikariDataSource pool(DataSource source) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    private PlacedDataSource placed(DataSource sharedTables) {
        return PlacedDataSource.builder(
                        sharedTables, tenant -> Optional.of(tenant.equals(C) ? ACME : new SharedTables()))
                .ownSchemas(own -> inSchema(own.searchPath()))
                .build();
    }

    private Boundary.Builder boundary() {
        return Boundary.builder(SCHEMA).admin(admin);
    }

    /** How statements get their place. */
    enum Way {
        PREFIX,
        SET_LOCAL,
        CHECKOUT,
        QUERY_LAYER_ONLY;

        Boundary.Builder of(Boundary.Builder builder) {
            return this == QUERY_LAYER_ONLY
                    ? builder.layers(Layers.QUERY_ONLY)
                    : builder.binding(Binding.valueOf(name()));
        }
    }

    private static void write(DSLContext db, TenantKey tenant, String text) {
        TenantContext.where(tenant)
                .run(() -> db.insertInto(NOTE, NOTE.text).values(text).execute());
    }

    private static int rows(String table) throws SQLException {
        try (Connection connection = database.superuser().getConnection()) {
            return DSL.using(connection).fetchCount(DSL.table(table));
        }
    }

    private void assertOnlySharedRowsWereAdded(int added) throws SQLException {
        assertThat(rows("public.note")).isEqualTo(2 + added);
        assertThat(rows("acme.note")).isOne();
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Left by whoever uses the pool without Boundary; from version 18 on, it is refused when it is taken. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void aPathThatWasLeftOnAConnectionLeadsNobodyAstray(Way way) throws SQLException {
        HikariDataSource pool = way == Way.QUERY_LAYER_ONLY ? superuser : shared;
        DSLContext db = way.of(boundary()).build().dsl(placed(pool));
        write(db, B, "before");
        execute(pool, TO_ACME);
        boolean refused = false;
        try {
            write(db, B, "after");
        } catch (StatementRefusedException e) {
            refused = true;
            assertThat(e).hasMessageContaining("acme");
        }
        assertOnlySharedRowsWereAdded(refused ? 1 : 2);
        write(db, B, "later");
        assertOnlySharedRowsWereAdded(refused ? 2 : 3);
    }

    @ParameterizedTest
    @EnumSource(value = Way.class, mode = EnumSource.Mode.EXCLUDE, names = "QUERY_LAYER_ONLY")
    void aTenantsOwnSetLeadsNoStatementAstray(Way way) throws SQLException {
        Boundary boundary = way.of(boundary()).build();
        DSLContext db = boundary.dsl(placed(shared));
        for (String set : new String[] {TO_ACME, TO_ACME.replace("set", "set local")}) {
            try {
                TenantContext.where(A)
                        .run(() -> db.transaction(inner -> {
                            boundary.rlsOnly(inner.dsl(), "an attack").execute(set);
                            inner.dsl()
                                    .insertInto(NOTE, NOTE.text)
                                    .values("new")
                                    .execute();
                        }));
            } catch (StatementRefusedException e) { // from version 18 on
                assertThat(e).hasMessageContaining("acme");
            }
            assertThat(rows("acme.note")).as(set).isOne();
        }
    }

    /** The second statement would have another path than the one that was checked. */
    @ParameterizedTest
    @EnumSource(value = Way.class, mode = EnumSource.Mode.EXCLUDE, names = "QUERY_LAYER_ONLY")
    void aTextThatChangesThePathHasNoOtherStatements(Way way) throws SQLException {
        String text = TO_ACME + "; insert into note (text) values ('new')";
        DataSource source = way.of(boundary()).build().dataSource(placed(shared));
        TenantContext.where(A).call(() -> {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement();
                    PreparedStatement prepared = connection.prepareStatement(text)) {
                assertRefused(() -> statement.execute(text));
                assertRefused(prepared::execute);
                assertRefused(() -> statement.addBatch(TO_ACME));
                statement.execute("insert into note (text) values ('search'); select 1"); // the control
            }
            return null;
        });
        assertOnlySharedRowsWereAdded(1);
    }

    private static void assertRefused(ThrowingCallable statement) {
        assertThatExceptionOfType(StatementRefusedException.class)
                .isThrownBy(statement)
                .withMessageContaining("a text that changes the search_path");
    }

    /** Batches and generated keys carry no prefix. */
    @ParameterizedTest
    @EnumSource(value = Way.class, mode = EnumSource.Mode.EXCLUDE, names = "QUERY_LAYER_ONLY")
    void eachKindOfExecutionHasThePath(Way way) throws SQLException {
        String insert = "insert into note (text) values ('new')";
        DataSource source = way.of(boundary()).build().dataSource(placed(inSchema("public, pg_temp")));
        for (boolean autoCommit : new boolean[] {true, false}) {
            afterASet(source, autoCommit, connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(insert);
                }
            });
            afterASet(source, autoCommit, connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.addBatch(insert);
                    statement.executeBatch();
                }
            });
            afterASet(source, autoCommit, connection -> {
                try (PreparedStatement statement =
                        connection.prepareStatement(insert, Statement.RETURN_GENERATED_KEYS)) {
                    statement.execute();
                }
            });
        }
        assertThat(rows("acme.note")).isOne();
    }

    /** What writes a row. */
    @FunctionalInterface
    private interface Write {
        void on(Connection connection) throws SQLException;
    }

    private static void afterASet(DataSource source, boolean autoCommit, Write write) throws SQLException {
        int before = rows("public.note");
        boolean written = TenantContext.where(A).call(() -> {
            try (Connection connection = source.getConnection();
                    Statement set = connection.createStatement()) {
                connection.setAutoCommit(autoCommit);
                set.execute(TO_ACME);
                write.on(connection);
                if (!autoCommit) {
                    connection.commit();
                }
                return true;
            } catch (StatementRefusedException e) { // with CHECKOUT, from version 18 on
                assertThat(e).hasMessageContaining("acme");
                return false;
            }
        });
        assertThat(rows("public.note")).isEqualTo(written ? before + 1 : before);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void unscopedWorkIsInTheSharedTablesWhateverWasSet(Way way) throws SQLException {
        DSLContext db = way.of(boundary()).build().dsl(placed(shared));
        boolean refused = TenantContext.unscoped("a test").call(() -> {
            assertThat(db.fetchCount(NOTE)).isEqualTo(2);
            execute(admin, TO_ACME);
            try {
                db.deleteFrom(NOTE).execute();
                return false;
            } catch (StatementRefusedException e) { // from version 18 on
                assertThat(e).hasMessageContaining("acme");
                return true;
            }
        });
        assertThat(rows("acme.note")).isOne();
        assertThat(rows("public.note")).isEqualTo(refused ? 2 : 0);
        TenantContext.unscoped("a test")
                .run(() -> db.transaction(inner -> {
                    inner.dsl().execute("set local search_path to acme");
                    try {
                        inner.dsl().deleteFrom(NOTE).execute();
                    } catch (StatementRefusedException e) { // with CHECKOUT, from version 18 on
                        assertThat(e).hasMessageContaining("acme");
                    }
                }));
        assertThat(rows("acme.note")).isOne();
    }

    /** The path goes with the statement: not one more round trip. */
    @Test
    void aStatementIsOneFlush() {
        DSLContext db = boundary().build().dsl(placed(pool(CountingSocketFactory.on(inSchema("public, pg_temp")))));
        TenantContext.where(A)
                .run(() -> db.connection(connection -> {
                    DSLContext onIt = boundary().build().dsl(PlacementsTest.unqualified(connection));
                    assertThat(onIt.fetchCount(NOTE)).isOne();
                    assertThat(CountingSocketFactory.flushesOf(() -> onIt.fetchCount(NOTE)))
                            .isOne();
                }));
    }

    /** A path is the schemas that were found, and not a text that may lead to others tomorrow. */
    @Test
    void aSchemaThatIsCreatedLaterDoesNotGetInBetween() throws SQLException {
        DSLContext db = boundary().build().dsl(placed(inSchema("later, public, pg_temp")));
        write(db, A, "before");
        TestDatabase.execute(
                database.owner(),
                "create schema later",
                "grant usage on schema later to boundary_app",
                "create table later.note (like public.note including all)",
                "grant all on later.note to boundary_app");
        try {
            write(db, A, "after");
            assertThat(rows("later.note")).isZero();
            assertThat(rows("public.note")).isEqualTo(4);
        } finally {
            TestDatabase.execute(database.owner(), "drop schema later cascade");
        }
    }

    /** As after a new default of the role: a path that leads to the same tables takes nobody along. */
    @Test
    void aPathThatLeadsToTheSameTablesIsAccepted() throws SQLException {
        DSLContext db = boundary().build().dsl(placed(shared));
        write(db, A, "before");
        execute(shared, "set search_path to public, boundary_isolation, pg_temp");
        write(db, A, "after");
        assertOnlySharedRowsWereAdded(2);
    }

    @Test
    void aPathWithTheNameOfTheRoleIsRefused() {
        assertThatExceptionOfType(UnsafeDatabaseException.class)
                .isThrownBy(() -> boundary().build().dsl(placed(inSchema("\"$user\", public, pg_temp"))))
                .withMessageContaining("whatever schema has the name of the role");
    }
}
