package dev.boundary.testing;

import static dev.boundary.testing.ShopSetup.BOOKING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.testing.liquibase.ChangeLog;
import dev.boundary.testing.postgresql.TestDatabase;
import dev.boundary.testing.postgresql.TestRoles;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/**
 * Each misuse, and each statement outside its scope, fails the test that has it, with a message that says what and
 * where.
 */
class MisuseTest {

    private static Map<String, String> outcomes = Map.of();
    private static List<String> failures = List.of();

    @BeforeAll
    static void runAll() {
        EngineExecutionResults results = TestKit.run(Map.of(), List.of(selectClass(Planted.class)));
        outcomes = TestKit.outcomes(results);
        failures = TestKit.failures(results);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            swallowedOutsideScope | MisuseTest.java
            swallowedOutsideScope | needs a tenant, and no scope is open
            rawOutsideScope       | select count(*) from booking
            rawOutsideScope       | MisuseTest.java
            undeclaredUnscoped    | for the reason "peeking"
            undeclaredUnscoped    | @AllowUnscoped
            undeclaredUnscoped    | MisuseTest.java
            blankReason           | @AllowUnscoped needs a reason
            noTenantToInject      | no tenant is named
            tooFewTenants         | asks for tenant number 2, and the tenants named are [acme]
            emptyTenant           | A tenant needs a name that is not empty
            """)
    void isFound(String method, String expected) {
        assertThat(outcomes.get(method)).contains(expected);
    }

    @Test
    void nothingElseFails() {
        assertThat(failures)
                .hasSameSizeAs(outcomes.values().stream()
                        .filter(outcome -> !outcome.isEmpty())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"cleanTest", "declaredUnscoped", "expectedRefusal", "notATenantsTable"})
    void isFine(String method) {
        assertThat(outcomes.get(method)).isEmpty();
    }

    @Test
    void unscopedAccessMayBeDeclaredForAClassAndItsNestedOnes() {
        assertThat(TestKit.failures(Declared.class)).isEmpty();
    }

    @Test
    void lifecycleMethodsAreHeldToTheSame() {
        assertThat(TestKit.failures(OutsideInBeforeAll.class))
                .singleElement()
                .asString()
                .contains("Statements were issued outside a scope")
                .contains("MisuseTest.java");
        assertThat(TestKit.failures(UnscopedInAfterAll.class))
                .singleElement()
                .asString()
                .contains("Statements ran unscoped");
    }

    @Test
    void aSetupThatIsNotNamedIsAskedFor() {
        assertThat(TestKit.failures(NoSetup.class))
                .singleElement()
                .asString()
                .contains("does not say what to put into the database")
                .contains("junit-platform.properties");
    }

    @Test
    void aSetupThatIsNoneIsNamed() {
        assertThat(TestKit.failures(TestKit.run(
                        Map.of(BoundaryTest.SETUP_PARAMETER, "java.lang.String"), List.of(selectClass(NoSetup.class)))))
                .singleElement()
                .asString()
                .contains("is \"java.lang.String\", which is not the name of a class that implements DatabaseSetup");
        assertThat(TestKit.failures(TestKit.run(
                        Map.of(BoundaryTest.SETUP_PARAMETER, ShopSetup.class.getName()),
                        List.of(selectClass(NoSetup.class)))))
                .isEmpty();
    }

    @Test
    void aMigrationThatFailsSaysWhichAndWhy() {
        assertThat(TestKit.failures(BrokenMigration.class))
                .singleElement()
                .asString()
                .contains(BrokenMigration.class.getName())
                .contains(BrokenMigration.Setup.class.getName())
                .contains("The change log shop/missing.yaml failed");
    }

    @Test
    void aRoleThatCanBypassPoliciesStopsTheClass() {
        assertThat(TestKit.failures(Superuser.class))
                .singleElement()
                .asString()
                .contains("The application role can bypass row-level security")
                .contains("misuse_app");
    }

    @Test
    void aProviderThatIsNotThereSaysWhatItNeeds() {
        assertThat(TestKit.failures(UnknownProvider.class))
                .singleElement()
                .asString()
                .contains("\"oracle\"")
                .contains("url, testcontainers, embedded");
    }

    @BoundaryTest
    static class NoSetup {
        @Test
        void nothing() {}
    }

    @BoundaryTest(value = ShopSetup.class, provider = "oracle")
    static class UnknownProvider {
        @Test
        void nothing() {}
    }

    @BoundaryTest(BrokenMigration.Setup.class)
    static class BrokenMigration {
        static final class Setup extends ShopSetup {
            @Override
            public void migrate(TestDatabase database) throws SQLException {
                ChangeLog.update(database, "shop/missing.yaml");
            }
        }

        @Test
        void nothing() {}
    }

    @BoundaryTest(Superuser.Setup.class)
    static class Superuser {
        static final class Setup extends ShopSetup {
            // Roles are the server's: not those that other tests use.
            @Override
            public TestRoles roles() {
                return new TestRoles("misuse_owner", "misuse_app", "misuse_admin");
            }

            @Override
            public void migrate(TestDatabase database) throws SQLException {
                TestDatabase.execute(database.superuser(), "alter role misuse_app superuser");
            }
        }

        @Test
        void nothing() {}
    }

    @BoundaryTest(ShopSetup.class)
    static class OutsideInBeforeAll {
        @BeforeAll
        static void outside(DSLContext db) {
            swallow(db);
        }

        @Test
        void nothing() {}
    }

    @BoundaryTest(ShopSetup.class)
    static class UnscopedInAfterAll {
        @Test
        void nothing() {}

        @AfterAll
        static void unscoped(DSLContext db) {
            TenantContext.unscoped("peeking").run(() -> db.selectFrom(BOOKING).fetch());
        }
    }

    @BoundaryTest(ShopSetup.class)
    @AllowUnscoped("the nightly report")
    static class Declared {
        @BeforeAll
        static void before(DSLContext db) {
            TenantContext.unscoped("report").run(() -> db.selectFrom(BOOKING).fetch());
        }

        @Test
        void declared(DSLContext db) {
            TenantContext.unscoped("report").run(() -> db.selectFrom(BOOKING).fetch());
        }

        @Nested
        class Inside {
            @Test
            void declared(DSLContext db) {
                TenantContext.unscoped("report")
                        .run(() -> db.selectFrom(BOOKING).fetch());
            }
        }
    }

    private static void swallow(DSLContext db) {
        try {
            db.selectFrom(BOOKING).fetch();
        } catch (TenantNotSetException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @BoundaryTest(ShopSetup.class)
    @DisplayNameGeneration(TestKit.MethodNames.class)
    static class Planted {

        @Test
        @WithTenant("acme")
        void cleanTest(DSLContext db) {
            db.selectFrom(BOOKING).fetch();
        }

        @Test
        void notATenantsTable(DSLContext db) {
            assertThat(db.fetchCount(ShopSetup.CURRENCY)).isEqualTo(2);
        }

        @Test
        void swallowedOutsideScope(DSLContext db) {
            swallow(db);
        }

        @Test
        void rawOutsideScope(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("select count(*) from booking");
            } catch (SQLException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }

        // @start region="needs-scope"
        @Test
        void expectedRefusal(DSLContext db, Isolation isolation) {
            assertThat(isolation.assertNeedsScope(() -> db.selectFrom(BOOKING).fetch()))
                    .hasMessageContaining("booking");
        }
        // @end

        @Test
        void undeclaredUnscoped(DSLContext db) {
            TenantContext.unscoped("peeking").run(() -> db.selectFrom(BOOKING).fetch());
        }

        // @start region="unscoped"
        @Test
        @AllowUnscoped("the nightly report")
        void declaredUnscoped(DSLContext db) {
            TenantContext.unscoped("report").run(() -> db.selectFrom(BOOKING).fetch());
        }
        // @end

        @Test
        @AllowUnscoped(" ")
        void blankReason(DSLContext db) {
            assertThat(db).isNotNull();
        }

        @Test
        void noTenantToInject(TenantKey missing) {
            assertThat(missing).isNotNull();
        }

        @Test
        @WithTenants("acme")
        void tooFewTenants(TenantKey acme, TenantKey another) {
            assertThat(acme).isNotEqualTo(another);
        }

        @Test
        @WithTenant("")
        void emptyTenant() {}
    }
}
