package dev.boundary.tenants.isolation;

import static dev.boundary.tenants.isolation.IsolationDatabase.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.boundary.core.TenantKey;
import dev.boundary.core.routing.Placement.OwnDatabase;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.rls.RoleNames;
import dev.boundary.tenants.PooledDatabase;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class TenantPlacesTest {

    private static final TenantKey ACME = TenantKey.of(1L);
    private static final TenantKey GLOBEX = TenantKey.of(2L);
    private static final TenantPlaces PLACES = new TenantPlaces(RoleNames.DEFAULT);
    private static final String DENIED = "42501";

    @SuppressWarnings("NullAway.Init")
    private static PooledDatabase database;

    @BeforeAll
    static void start() throws SQLException {
        database = IsolationDatabase.create();
    }

    @AfterAll
    static void stop() throws SQLException {
        database.close();
    }

    @Test
    void createsASchemaOnceForOneTenant() throws SQLException {
        OwnSchema own = new OwnSchema("acme-1");
        PLACES.createSchema(database.owner(), own, ACME);
        PLACES.createSchema(database.owner(), own, ACME);
        assertThat(rows(database, "select tenant_key from boundary_isolation.place where schema_name = 'acme-1'"))
                .containsExactly("1");
        assertThat(rows(database, """
                        select r || ' ' || p from unnest(array['boundary_app', 'boundary_admin', 'public']) r,
                          unnest(array['USAGE', 'CREATE']) p where has_schema_privilege(r, 'acme-1', p) order by 1""")).containsExactly("boundary_admin USAGE", "boundary_app USAGE");
        assertThatExceptionOfType(IsolationException.class)
                .isThrownBy(() -> PLACES.createSchema(database.owner(), own, GLOBEX))
                .withMessageContaining("tenant 1's own, and not tenant 2's");
    }

    /** In a path with "$user" it would be the schema of everything that the role does. */
    @Test
    void doesNotGiveASchemaTheNameOfARole() throws SQLException {
        TestDatabase.execute(database.superuser(), "create role orders_app");
        try {
            assertThatExceptionOfType(IsolationException.class)
                    .isThrownBy(() -> PLACES.createSchema(database.owner(), new OwnSchema("orders_app"), ACME))
                    .withMessageContaining("a role with the name of schema \"orders_app\"");
        } finally {
            TestDatabase.execute(database.superuser(), "drop role orders_app");
        }
        PLACES.createSchema(database.owner(), new OwnSchema("orders_app"), ACME); // the control
    }

    @Test
    void doesNotClaimAnExistingSchema() throws SQLException {
        PLACES.createSchema(database.owner(), new OwnSchema("first"), ACME);
        TestDatabase.execute(database.owner(), "create schema payroll", "create table payroll.salary (id int)");
        assertThatExceptionOfType(IsolationException.class)
                .isThrownBy(() -> PLACES.createSchema(database.owner(), new OwnSchema("payroll"), ACME))
                .withMessageContaining("The database does not record which tenant schema \"payroll\" belongs to");
        assertThat(rows(database, "select 1 from boundary_isolation.place where schema_name = 'payroll'"))
                .isEmpty();
    }

    @Test
    void theApplicationRoleReadsThePlacesButCannotChangeThem() throws SQLException {
        PLACES.createSchema(database.owner(), new OwnSchema("read-only"), ACME);
        TestDatabase.execute(database.application(), "select * from boundary_isolation.place");
        for (String attack : List.of(
                "update boundary_isolation.place set tenant_key = '2'",
                "insert into boundary_isolation.place (schema_name, tenant_key) values ('x', '2')",
                "delete from boundary_isolation.place",
                "select * from boundary_isolation.migration",
                "create table boundary_isolation.x (id int)",
                "create table \"read-only\".x (id int)",
                "create schema mine",
                "drop schema \"read-only\"")) {
            assertThatExceptionOfType(SQLException.class)
                    .as(attack)
                    .isThrownBy(() -> TestDatabase.execute(database.application(), attack))
                    .matches(e -> DENIED.equals(e.getSQLState()));
        }
    }

    @Test
    void leavesNothingBehindWhenItFails() throws SQLException {
        try (PooledDatabase empty = new PooledDatabase(PostgresServer.shared().createDatabase())) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> PLACES.createSchema(empty.owner(), new OwnSchema("acme"), ACME))
                    .withMessageContaining("Boundary is not installed");
            assertThat(rows(empty, "select nspname from pg_namespace where nspname in ('acme', 'boundary_isolation')"))
                    .isEmpty();
        }
    }

    @Test
    void refusesARegistryThatAnotherRoleOwns() throws SQLException {
        try (PooledDatabase foreign = IsolationDatabase.create()) {
            TestDatabase.execute(foreign.superuser(), "create schema boundary_isolation authorization boundary_admin");
            assertThatExceptionOfType(IsolationException.class)
                    .isThrownBy(() -> PLACES.createSchema(foreign.owner(), new OwnSchema("acme"), ACME))
                    .withMessageContaining("\"boundary_admin\"");
        }
    }

    @Test
    void onlyOneOfTwoConcurrentTenantsGetsAName() throws Exception {
        OwnSchema own = new OwnSchema("wanted");
        CyclicBarrier together = new CyclicBarrier(2);
        List<Throwable> refused = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> both = new ArrayList<>();
            for (TenantKey tenant : List.of(ACME, GLOBEX)) {
                both.add(threads.submit(() -> {
                    together.await();
                    PLACES.createSchema(database.owner(), own, tenant);
                    return null;
                }));
            }
            for (Future<?> one : both) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    refused.add(e.getCause());
                }
            }
        }
        assertThat(refused).singleElement().isInstanceOf(IsolationException.class);
        assertThat(rows(database, "select tenant_key from boundary_isolation.place where schema_name = 'wanted'"))
                .hasSize(1);
    }

    @Test
    void createsADatabaseOnceForOneTenant() throws SQLException {
        OwnDatabase own = new OwnDatabase(database.database().name() + "-own");
        String maker = "maker_of_" + database.database().name();
        PGSimpleDataSource server = as(maker, database.database().name());
        PGSimpleDataSource owner = as(maker, own.database());
        TestDatabase.execute(
                database.superuser(),
                "create role " + maker + " login createdb password '"
                        + database.database().password() + "'",
                "grant connect on database " + database.database().name() + " to " + maker);
        try {
            PLACES.createDatabase(server, owner, own, ACME);
            PLACES.createDatabase(server, owner, own, ACME);
            TestDatabase.execute(as("boundary_app", own.database()), "select * from boundary_isolation.place");
            assertThat(rows(
                            database,
                            "select has_database_privilege('public', '" + own.database() + "', 'CONNECT')::text"))
                    .containsExactly("false");
            assertThatExceptionOfType(IsolationException.class)
                    .isThrownBy(() -> PLACES.createDatabase(server, owner, own, GLOBEX))
                    .withMessageContaining("tenant 1's own, and not tenant 2's");
            assertThatExceptionOfType(IsolationException.class)
                    .isThrownBy(() -> PLACES.createDatabase(server, server, own, ACME))
                    .withMessageContaining(
                            "lead to database \"" + database.database().name() + "\"");

            // Killed between CREATE DATABASE and what comes next; and then one that somebody uses.
            TestDatabase.execute(owner, "drop schema boundary_isolation cascade");
            PLACES.createDatabase(server, owner, own, GLOBEX);
            TestDatabase.execute(owner, "drop schema boundary_isolation cascade", "create table salary (id int)");
            assertThatExceptionOfType(IsolationException.class)
                    .isThrownBy(() -> PLACES.createDatabase(server, owner, own, ACME))
                    .withMessageContaining("salary");
        } finally {
            TestDatabase.execute(
                    database.superuser(),
                    "drop database if exists \"" + own.database() + "\" with (force)",
                    "drop owned by " + maker,
                    "drop role " + maker);
        }
    }

    @Test
    void aDatabaseNeedsItsRoles() {
        TenantPlaces unknown = new TenantPlaces(new RoleNames("own", "nobody_app", "nobody_admin"));
        assertThatExceptionOfType(IsolationException.class)
                .isThrownBy(() ->
                        unknown.createDatabase(database.owner(), database.owner(), new OwnDatabase("never_made"), ACME))
                .withMessageContaining("create role \"nobody_app\" login nosuperuser nobypassrls");
    }

    private static PGSimpleDataSource as(String role, String name) {
        PGSimpleDataSource source = database.database().owner();
        source.setUser(role);
        source.setDatabaseName(name);
        return source;
    }

    @Test
    void returnsAConnectionInItsOriginalState() throws SQLException {
        try (Connection connection = database.owner().getConnection()) {
            PLACES.createSchema(new OneConnection(connection), new OwnSchema("returned"), ACME);
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    /** A pool of one connection. */
    private static final class OneConnection extends PGSimpleDataSource {

        private static final long serialVersionUID = 1L;

        private final transient Connection connection;

        OneConnection(Connection connection) {
            this.connection = UnclosableConnection.of(connection);
        }

        @Override
        public Connection getConnection() {
            return connection;
        }
    }
}
