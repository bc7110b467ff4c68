package dev.boundary.testing;

import static dev.boundary.testing.ShopSetup.BOOKING;
import static dev.boundary.testing.ShopSetup.GUEST;
import static dev.boundary.testing.ShopSetup.NIGHTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Each misuse and each planted leak fails the test that has it, with a message that says what and where. */
class MisuseTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            swallowedOutsideScope | MisuseTest.java
            swallowedOutsideScope | needs a tenant, and no scope is open
            rawOutsideScope       | select count(*) from booking
            rawOutsideScope       | MisuseTest.java
            undeclaredUnscoped    | for the reason "peeking"
            undeclaredUnscoped    | @AllowUnscoped
            tenantLeft            | is still set in app.current_tenant_id
            transactionLeft       | a transaction is still open
            temporaryTableLeft    | temporary relations are left: scratch
            cursorLeft            | cursors WITH HOLD are left open: kept
            connectionLeft        | was not closed
            listening             | still listens: news
            lockLeft              | session-level advisory locks are left: 1
            readsCanary           | shows tenant
            countsCanary          | The result depends on rows of another tenant
            changesCanary         | was deleted or changed
            throwsCanary          | The exception java.lang.IllegalStateException shows
            noTenantToInject      | no tenant is named
            noIndex               | does not find tenant
            provesNothing         | would prove nothing
            seesWrongTenant       | sees 1 rows of
            doctorFinds           | public.booking
            """)
    void isFound(String method, String expected) {
        assertThat(failures(method)).hasSize(1).first().asString().contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"cleanTest", "declaredUnscoped", "expectedRefusal", "pooledByNobody"})
    void isFine(String method) {
        assertThat(failures(method)).isEmpty();
    }

    @Test
    void aSetupThatIsNotNamedIsAskedFor() {
        assertThat(EngineTestKit.engine("junit-jupiter")
                        .selectors(selectMethod(NoSetup.class, "nothing"))
                        .execute()
                        .allEvents()
                        .failed()
                        .stream()
                        .map(PlantedHolesTest.Misuse::message))
                .anySatisfy(message -> assertThat(message)
                        .contains("does not say what to put into the database")
                        .contains("junit-platform.properties"));
    }

    @Test
    void coverageBelowTheThresholdFailsTheRun() {
        assertThat(EngineTestKit.engine("junit-jupiter")
                        .configurationParameter(Coverage.FILE_PARAMETER, "target/misuse-threshold.txt")
                        .configurationParameter(Coverage.THRESHOLD_PARAMETER, "100")
                        .selectors(selectMethod(Planted.class, "cleanTest", "org.jooq.DSLContext"))
                        .execute()
                        .allEvents()
                        .failed()
                        .stream()
                        .map(PlantedHolesTest.Misuse::message))
                .anySatisfy(message -> assertThat(message).contains("Fewer than 100 %"));
    }

    private static List<String> failures(String method) {
        String name = java.util.Arrays.stream(Planted.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .findFirst()
                .map(candidate -> Planted.class.getName() + "#" + method + "("
                        + java.util.Arrays.stream(candidate.getParameterTypes())
                                .map(Class::getName)
                                .collect(java.util.stream.Collectors.joining(","))
                        + ")")
                .orElseThrow();
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter(Coverage.FILE_PARAMETER, "target/misuse-coverage.txt")
                .selectors(selectMethod(name))
                .execute()
                .allEvents()
                .failed()
                .stream()
                .map(PlantedHolesTest.Misuse::message)
                .toList();
    }

    @BoundaryTest
    static class NoSetup {
        @Test
        void nothing() {}
    }

    @BoundaryTest(ShopSetup.class)
    static class Planted {

        @Test
        @WithTenant("acme")
        void cleanTest(DSLContext db) {
            db.selectFrom(BOOKING).fetch();
        }

        @Test
        void swallowedOutsideScope(DSLContext db) {
            try {
                db.selectFrom(BOOKING).fetch();
            } catch (TenantNotSetException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }

        @Test
        void rawOutsideScope(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("select count(*) from booking");
            } catch (SQLException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }

        @Test
        void expectedRefusal(DSLContext db, Isolation isolation) {
            assertThat(isolation.assertNeedsScope(() -> db.selectFrom(BOOKING).fetch()))
                    .hasMessageContaining("booking");
        }

        @Test
        void undeclaredUnscoped(DSLContext db) {
            TenantContext.unscoped("peeking").run(() -> db.selectFrom(BOOKING).fetch());
        }

        @Test
        @AllowUnscoped("the nightly report")
        void declaredUnscoped(DSLContext db) {
            TenantContext.unscoped("report").run(() -> db.selectFrom(BOOKING).fetch());
        }

        @Test
        void tenantLeft(DataSource dataSource) throws SQLException {
            run(dataSource, "select set_config('app.current_tenant_id', '7', false)");
        }

        @Test
        void transactionLeft(DataSource dataSource) throws SQLException {
            run(dataSource, "begin");
        }

        @Test
        void temporaryTableLeft(DataSource dataSource) throws SQLException {
            run(dataSource, "create temporary table scratch (id int)");
        }

        @Test
        void cursorLeft(DataSource dataSource) throws SQLException {
            run(dataSource, "declare kept cursor with hold for select 1");
        }

        @Test
        void listening(DataSource dataSource) throws SQLException {
            run(dataSource, "listen news");
        }

        @Test
        void lockLeft(DataSource dataSource) throws SQLException {
            run(dataSource, "select pg_advisory_lock(42)");
        }

        @Test
        @SuppressWarnings("MustBeClosedChecker")
        void connectionLeft(DataSource dataSource) throws SQLException {
            assertThat(dataSource.getConnection()).isNotNull();
        }

        @Test
        void pooledByNobody(@As(Role.OWNER) Connection owner, @As(Role.ADMIN) DSLContext admin) throws SQLException {
            assertThat(owner.isValid(1)).isTrue();
            assertThat(admin.fetchValue("select current_user::text")).isEqualTo("boundary_admin");
        }

        @Test
        @WithTenant("acme")
        void readsCanary(DataSource dataSource, Isolation isolation, TestDatabase database) {
            isolation.assertIsolated(() -> wrongTenant(dataSource, database, "select * from booking"));
        }

        @Test
        @WithTenant("acme")
        void countsCanary(DataSource dataSource, Isolation isolation, TestDatabase database) {
            isolation.assertIsolated(() -> wrongTenant(dataSource, database, "select count(*) from booking"));
        }

        @Test
        @WithTenant("acme")
        void changesCanary(DataSource dataSource, Isolation isolation, TestDatabase database) {
            isolation.assertIsolated(() -> wrongTenant(dataSource, database, "update booking set nights = 30"));
        }

        @Test
        @WithTenant("acme")
        void throwsCanary(Isolation isolation, TestDatabase database) {
            isolation.assertIsolated(() -> {
                try (Connection superuser = database.superuser().getConnection();
                        Statement statement = superuser.createStatement();
                        ResultSet rows = statement.executeQuery(
                                "select max(tenant_id::text) from booking" + " where nights <> 3")) {
                    rows.next();
                    throw new IllegalStateException("no booking of " + rows.getString(1));
                }
            });
        }

        @Test
        void doctorFinds(Isolation isolation, @As(Role.OWNER) DataSource owner) throws SQLException {
            TestDatabase.execute(owner, "alter table booking disable row level security");
            isolation.assertNoFindings(
                    dev.boundary.rls.doctor.Doctor.builder()
                            .applicationRole("boundary_app")
                            .build(),
                    dev.boundary.rls.doctor.Severity.CRITICAL,
                    dev.boundary.rls.doctor.Baseline.empty());
        }

        @Test
        void noTenantToInject(TenantKey nobody) {
            assertThat(nobody).isNotNull();
        }

        @Test
        @WithTenant("acme")
        void noIndex(DSLContext db, Isolation isolation, @As(Role.OWNER) DataSource owner) throws SQLException {
            TestDatabase.execute(owner, "alter table booking drop constraint booking_pkey cascade");
            TestDatabase.execute(owner, "alter table booking add primary key (id)");
            isolation.assertUsesTenantIndex(db.selectFrom(BOOKING).where(NIGHTS.eq(3)));
        }

        @Test
        void provesNothing(Isolation isolation, @Tenant("acme") TenantKey acme) {
            isolation.assertThatTenant(acme).doesNotSee(BOOKING, GUEST.eq("nobody"));
        }

        @Test
        @WithTenant("acme")
        void seesWrongTenant(DSLContext db, Isolation isolation, TenantKey acme) {
            ShopSetup.booking(db, "Zoe").execute();
            isolation.assertThatTenant(acme).doesNotSee(BOOKING, GUEST.eq("Zoe"));
        }

        /** The leak: the code picks the tenant itself, and picks another. */
        private static void wrongTenant(DataSource dataSource, TestDatabase database, String sql) throws SQLException {
            String other;
            try (Connection superuser = database.superuser().getConnection();
                    Statement statement = superuser.createStatement();
                    ResultSet rows = statement.executeQuery("select id from tenant where name like 'made-%'"
                            + " and id in (select tenant_id from booking) order by ctid desc limit 1")) {
                rows.next();
                other = rows.getString(1);
            }
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                if (statement.execute("select set_config('app.current_tenant_id', '" + other + "', true); " + sql)) {
                    while (statement.getMoreResults() || statement.getUpdateCount() >= 0) {
                        if (statement.getUpdateCount() < 0) {
                            try (ResultSet rows = statement.getResultSet()) {
                                while (rows.next()) {
                                    rows.getString(1);
                                    rows.getString(rows.getMetaData().getColumnCount() > 2 ? 2 : 1);
                                }
                            }
                        }
                    }
                }
            }
        }

        private static void run(DataSource dataSource, String sql) throws SQLException {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }
}
