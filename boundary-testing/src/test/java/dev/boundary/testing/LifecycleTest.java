package dev.boundary.testing;

import static dev.boundary.testing.ShopSetup.BOOKING;
import static dev.boundary.testing.ShopSetup.GUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.testing.As.Role;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long rows stay, in which scope each kind of method runs, and which parameters it can have. */
class LifecycleTest {

    static void book(DSLContext db, String guest) {
        ShopSetup.booking(db, guest).execute();
    }

    @Nested
    @BoundaryTest(value = ShopSetup.class, lifecycle = DatabaseLifecycle.ROLLED_BACK_PER_TEST)
    @WithTenant("acme")
    class RolledBackPerTest {

        @BeforeEach
        void arrange(DSLContext db) {
            book(db, "Ada");
        }

        @RepeatedTest(3)
        void whatATestWritesIsGoneInTheNext(DSLContext db) {
            assertThat(db.fetchCount(BOOKING)).isOne();
            book(db, "Grace");
            assertThat(db.fetchCount(BOOKING)).isEqualTo(2);
        }

        @Test
        void aFailedStatementDoesNotEndTheTransaction(DSLContext db) {
            assertThatThrownBy(() -> db.insertInto(BOOKING, GUEST).values("Eve").execute())
                    .isInstanceOf(DataAccessException.class);
            assertThat(db.fetchCount(BOOKING)).isOne();
        }

        @Test
        void theCodesOwnTransactionsCommitAndRollBack(DSLContext db) {
            db.transaction(t -> book(t.dsl(), "Grace"));
            assertThatThrownBy(() -> db.transaction(t -> {
                        book(t.dsl(), "Edsger");
                        assertThatThrownBy(() -> t.dsl().transaction(nested -> {
                                    book(nested.dsl(), "Tony");
                                    throw new IllegalStateException("undo the inner one");
                                }))
                                .isInstanceOf(IllegalStateException.class);
                        assertThat(t.dsl().fetchCount(BOOKING)).isEqualTo(3);
                        throw new IllegalStateException("undo");
                    }))
                    .hasMessage("undo");
            assertThat(db.select(GUEST).from(BOOKING).fetch(GUEST)).containsExactlyInAnyOrder("Ada", "Grace");
        }

        @Test
        void isolationIsCheckedInTheSameTransaction(DSLContext db, Isolation isolation) {
            isolation.assertIsolated(() -> {
                book(db, "Grace");
                db.update(BOOKING)
                        .set(GUEST, "Grace H.")
                        .where(GUEST.eq("Grace"))
                        .execute();
            });
            assertThat(db.fetchCount(BOOKING)).isEqualTo(2);
        }

        @Test
        void aSecondConnectionIsRefused(DataSource dataSource) throws SQLException {
            try (Connection first = dataSource.getConnection()) {
                assertThat(first.isValid(0)).isTrue();
                assertThatThrownBy(dataSource::getConnection)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("ROLLED_BACK_PER_TEST")
                        .hasMessageContaining("Close the first, or use DatabaseLifecycle.PER_CLASS");
            }
        }
    }

    @Nested
    @BoundaryTest(value = ShopSetup.class, lifecycle = DatabaseLifecycle.PER_METHOD)
    @WithTenant("acme")
    class PerMethod {

        private final String database;

        PerMethod(TestDatabase database) {
            this.database = database.name();
        }

        @BeforeEach
        void arrange(DSLContext db, TestDatabase same) {
            assertThat(same.name()).isEqualTo(database);
            book(db, "Ada");
        }

        @RepeatedTest(2)
        void eachHasItsOwnDatabase(DSLContext db, TestDatabase same) {
            assertThat(same.name()).isEqualTo(database);
            assertThat(db.fetchCount(BOOKING)).isOne();
        }

        @Test
        void theOtherToo(DSLContext db) {
            assertThat(db.fetchCount(BOOKING)).isOne();
        }
    }

    @Nested
    @BoundaryTest(ShopSetup.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    @WithTenant("acme")
    class PerClass {

        @BeforeAll
        void inTheScopeOfTheClass(DSLContext db, @NamedTenant("acme") TenantKey acme) {
            assertThat(TenantContext.requireTenant()).isEqualTo(acme);
            book(db, "Ada");
        }

        @Test
        @Order(1)
        void whatIsWrittenStays(DSLContext db) {
            assertThat(db.fetchCount(BOOKING)).isOne();
            book(db, "Grace");
        }

        @Test
        @Order(2)
        @WithTenant("globex")
        void theScopeOfTheMethodIsNearer(DSLContext db, @NamedTenant("globex") TenantKey globex) {
            assertThat(TenantContext.requireTenant()).isEqualTo(globex);
            assertThat(db.fetchCount(BOOKING)).isZero();
        }

        @BeforeEach
        @AfterEach
        void inTheScopeOfTheTest(TenantKey tenant) {
            assertThat(TenantContext.requireTenant()).isEqualTo(tenant);
        }

        @Nested
        @WithTenant("initech")
        class NestedWithItsOwnTenant {

            @BeforeEach
            void before(@NamedTenant("initech") TenantKey initech) {
                assertThat(TenantContext.requireTenant()).isEqualTo(initech);
            }

            @Test
            void theNestedClassIsNearer(
                    @NamedTenant("initech") TenantKey initech, DSLContext db, TestDatabase database) {
                assertThat(TenantContext.requireTenant()).isEqualTo(initech);
                assertThat(db.fetchCount(BOOKING)).isZero();
                assertThat(database.name()).isNotEmpty();
            }
        }

        @Nested
        class NestedWithout {

            @Test
            @Order(3)
            void seesTheDatabaseOfTheOuterClass(DSLContext db) {
                assertThat(db.fetchCount(BOOKING)).isPositive();
            }
        }

        @AfterAll
        void inTheScopeOfTheClassAgain(DSLContext db) {
            assertThat(db.fetchCount(BOOKING)).isEqualTo(2);
        }
    }

    @Nested
    @BoundaryTest(ShopSetup.class)
    class Scopes {

        @Test
        void withoutAnnotationNoScopeIsOpen() {
            assertThat(TenantContext.current()).isEmpty();
        }

        @Test
        @WithTenants({"acme", "globex"})
        void withTenantsInjectsThemAndOpensNoScope(
                TenantKey acme, TenantKey globex, @NamedTenant("globex") TenantKey same) {
            assertThat(TenantContext.current()).isEmpty();
            assertThat(globex).isEqualTo(same).isNotEqualTo(acme);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Ada", "Grace"})
        @WithTenant("acme")
        void aParameterizedTestRunsInTheScope(String guest, DSLContext db) {
            book(db, guest);
            assertThat(db.fetchCount(BOOKING, GUEST.eq(guest))).isOne();
        }

        @TestFactory
        @WithTenant("initech")
        Stream<DynamicTest> dynamicTestsRunInTheScope(DSLContext db, @NamedTenant("initech") TenantKey initech) {
            return Stream.of("one", "two")
                    .map(name -> DynamicTest.dynamicTest(name, () -> {
                        assertThat(TenantContext.requireTenant()).isEqualTo(initech);
                        assertThat(db.fetchCount(BOOKING)).isZero();
                    }));
        }

        @Test
        void tenantsAreUniqueAndNamedOnesTheSame(Tenants tenants, TenantSchema schema) {
            assertThat(List.of(tenants.unique(), tenants.unique(), tenants.unique("x")))
                    .doesNotHaveDuplicates();
            assertThat(tenants.named("acme")).isEqualTo(tenants.named("acme"));
            assertThat(tenants.unique().type()).isEqualTo(schema.keyType());
        }

        @Test
        void eachRoleIsHandedOut(
                @As(Role.OWNER) DSLContext owner,
                @As(Role.OWNER) Connection ownerConnection,
                @As(Role.ADMIN) DataSource admin,
                @As(Role.APPLICATION) Connection application)
                throws SQLException {
            assertThat(user(ownerConnection)).isEqualTo("boundary_owner");
            assertThat(owner.fetchValue("select current_user::text")).isEqualTo("boundary_owner");
            assertThat(user(application)).isEqualTo("boundary_app");
            try (Connection connection = admin.getConnection()) {
                assertThat(user(connection)).isEqualTo("boundary_admin");
            }
        }

        private static String user(Connection connection) throws SQLException {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("select current_user")) {
                rows.next();
                return Objects.requireNonNull(rows.getString(1));
            }
        }
    }
}
