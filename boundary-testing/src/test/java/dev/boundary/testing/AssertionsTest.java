package dev.boundary.testing;

import static dev.boundary.testing.ShopSetup.BOOKING;
import static dev.boundary.testing.ShopSetup.GUEST;
import static dev.boundary.testing.ShopSetup.NIGHTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.count;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.doctor.Baseline;
import dev.boundary.doctor.Doctor;
import dev.boundary.doctor.Rule.Severity;
import dev.boundary.testing.As.Role;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each assertion passes where it should, and fails where it should with a helpful message. */
class AssertionsTest {

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(ThrowingCallable code) {
        return assertThatThrownBy(code).isInstanceOf(AssertionError.class);
    }

    @Nested
    @BoundaryTest(ShopSetup.class)
    @WithTenants({"acme", "globex"})
    class OfTenants {

        private final Isolation isolation;
        private final TenantKey acme;
        private final TenantKey globex;

        OfTenants(Isolation isolation, TenantKey acme, TenantKey globex) {
            this.isolation = isolation;
            this.acme = acme;
            this.globex = globex;
        }

        @BeforeEach
        void book(DSLContext db) {
            TenantContext.where(acme).run(() -> ShopSetup.booking(db, "Ada").execute());
        }

        @Test
        void sees() {
            isolation
                    .assertThatTenant(acme)
                    .sees(BOOKING)
                    .sees(BOOKING, GUEST.eq("Ada"))
                    .sees(ShopSetup.CURRENCY);
            assertFails(() -> isolation.assertThatTenant(globex).sees(BOOKING, GUEST.eq("Ada")))
                    .hasMessageContaining("sees no row of")
                    .hasMessageContaining("without policies there")
                    .hasMessageContaining(globex.asText());
        }

        @Test
        void seesExactly(@NamedTenant("initech") TenantKey initech, DSLContext db) {
            TenantContext.where(initech)
                    .run(() -> ShopSetup.booking(db, "Grace").execute());
            isolation.assertThatTenant(initech).seesExactly(1, BOOKING, GUEST.eq("Grace"));
            assertFails(() -> isolation.assertThatTenant(initech).seesExactly(2, BOOKING, GUEST.eq("Grace")))
                    .hasMessageContaining("sees 1 rows of")
                    .hasMessageContaining("and not 2; without policies there is 1");
        }

        @Test
        void doesNotSee() {
            isolation.assertThatTenant(globex).doesNotSee(BOOKING).doesNotSee(BOOKING, GUEST.eq("Ada"));
            assertFails(() -> isolation.assertThatTenant(acme).doesNotSee(BOOKING, GUEST.eq("Ada")))
                    .hasMessageContaining("sees")
                    .hasMessageContaining("rows of");
            assertFails(() -> isolation.assertThatTenant(globex).doesNotSee(BOOKING, GUEST.eq("Nobody")))
                    .hasMessageContaining("would prove nothing");
        }

        @Test
        void cannotChange() {
            isolation.assertThatTenant(globex).cannotChange(BOOKING, GUEST.eq("Ada"));
            assertFails(() -> isolation.assertThatTenant(acme).cannotChange(BOOKING, GUEST.eq("Ada")))
                    .hasMessageContaining("updated column guest of");
            assertFails(() -> isolation.assertThatTenant(acme).cannotChange(BOOKING, GUEST.eq("Nobody")))
                    .hasMessageContaining("would prove nothing");
            isolation.assertThatTenant(acme).sees(BOOKING, GUEST.eq("Ada").and(NIGHTS.eq(3)));
        }

        @Test
        void theCanaryOfAGlobalTableCannotBeChanged() {
            isolation.assertThatTenant(acme).cannotChange(ShopSetup.CURRENCY, org.jooq.impl.DSL.noCondition());
        }

        @Test
        void needsScope(DSLContext db) {
            assertThat(isolation.assertNeedsScope(() -> db.fetchCount(BOOKING))).isNotNull();
            assertFails(() -> isolation.assertNeedsScope(() -> db.fetchCount(ShopSetup.CURRENCY)))
                    .hasMessageContaining("and it ran");
            assertFails(() -> isolation.assertNeedsScope(() -> {
                        throw new IllegalStateException("something else");
                    }))
                    .hasMessageContaining("something else");
        }

        @Test
        void isolatedNeedsAScope() {
            assertThatExceptionOfType(TenantNotSetException.class).isThrownBy(() -> isolation.assertIsolated(() -> {}));
        }
    }

    /** What code can do to another tenant's rows once it has chosen the tenant itself. */
    enum Leak {
        READ("select * from booking", "shows tenant"),
        READ_CHILD("select * from line", "shows tenant"),
        COUNT("select count(*) from booking", "The result depends on rows of another tenant"),
        EXISTS("select exists (select from template)", "The result depends on rows of another tenant"),
        UPDATE("update booking set nights = 30", "was deleted or changed"),
        DELETE("delete from line", "was deleted or changed"),
        LOCK("select 1 from booking for update", "was locked, or changed in a transaction that did not commit"),
        ERROR("select cast(guest as int) from booking", "A result or an error shows tenant");

        private final String sql;
        private final String message;

        Leak(String sql, String message) {
            this.sql = sql;
            this.message = message;
        }

        boolean isChange() {
            return this == UPDATE || this == DELETE;
        }
    }

    /** It must not matter in which transaction the leaking statement runs. */
    abstract static class Isolated {

        private final String change;

        Isolated(String change) {
            this.change = change;
        }

        @ParameterizedTest
        @EnumSource
        @WithTenant("acme")
        void aLeakIsFound(Leak leak, DataSource dataSource, Isolation isolation, TestDatabase database) {
            assertFails(() -> isolation.assertIsolated(() -> leak(dataSource, database, leak.sql)))
                    .hasMessageContaining("is not isolated")
                    .hasMessageContaining(leak.isChange() ? change : leak.message);
        }

        @Test
        @WithTenant("acme")
        void anUncommittedChangeIsFound(Connection connection, Isolation isolation, TestDatabase database)
                throws SQLException {
            connection.setAutoCommit(false);
            assertFails(() -> isolation.assertIsolated(
                            () -> leak(connection, otherTenant(database), "update booking set nights = 30")))
                    .hasMessageContaining("changed in a transaction that did not commit");
            connection.rollback();
        }

        @Test
        @WithTenant("acme")
        void aBatchIsComparedRowByRow(DataSource dataSource, Isolation isolation, TestDatabase database) {
            assertFails(() -> isolation.assertIsolated(() -> {
                        try (Connection connection = dataSource.getConnection()) {
                            connection.setAutoCommit(false);
                            leak(connection, otherTenant(database), "select 1");
                            try (PreparedStatement batch =
                                    connection.prepareStatement("update booking set nights = ? where nights <> ?")) {
                                for (int nights : new int[] {29, 28}) {
                                    batch.setInt(1, nights);
                                    batch.setInt(2, nights);
                                    batch.addBatch();
                                }
                                batch.executeBatch();
                            }
                            connection.rollback();
                        }
                    }))
                    .hasMessageContaining("with the canaries");
        }

        @Test
        @WithTenant("acme")
        void anExceptionThatNamesACanaryIsFound(Isolation isolation, TestDatabase database) {
            assertFails(() -> isolation.assertIsolated(() -> {
                        throw new IllegalStateException(
                                "cannot cancel", new IllegalArgumentException("no booking of " + guest(database)));
                    }))
                    .hasMessageContaining("The exception java.lang.IllegalArgumentException shows tenant");
        }

        @Test
        @WithTenant("acme")
        void whatTheCodeThrowsGoesThrough(Isolation isolation) {
            assertThatThrownBy(() -> isolation.assertIsolated(() -> {
                        throw new IllegalStateException("its own error");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("its own error");
        }

        @Test
        @WithTenant("acme")
        void codeThatStaysInItsScopePasses(DSLContext db, Isolation isolation) {
            isolation.assertIsolated(() -> {
                ShopSetup.booking(db, "Ada").execute();
                db.update(BOOKING).set(NIGHTS, 4).execute();
                assertThat(db.select(count()).from(BOOKING).fetchOne(0, int.class))
                        .isEqualTo(db.fetchCount(BOOKING));
                db.transaction(t -> t.dsl().deleteFrom(BOOKING).execute());
            });
        }

        @Test
        @WithTenants({"acme", "globex"})
        void theTenantCanBeNamed(
                DSLContext db, Isolation isolation, @NamedTenant("globex") TenantKey globex, TestDatabase database)
                throws SQLException {
            isolation.assertIsolated(globex, () -> db.fetchCount(BOOKING));
            assertThat(value(
                            database,
                            "select count(*) from tenant t where name like 'made-%' and"
                                    + " exists (select from booking where tenant_id = t.id)"))
                    .as("canaries that were not deleted")
                    .isEqualTo("0");
        }
    }

    @Nested
    @BoundaryTest(ShopSetup.class)
    class IsolatedInADatabase extends Isolated {
        IsolatedInADatabase() {
            super("was deleted or changed");
        }
    }

    @Nested
    @BoundaryTest(value = ShopSetup.class, lifecycle = DatabaseLifecycle.ROLLED_BACK_PER_TEST)
    class IsolatedInATransaction extends Isolated {
        IsolatedInATransaction() {
            super("was locked, or changed in a transaction that did not commit");
        }
    }

    @Nested
    @BoundaryTest(ShopSetup.class)
    @WithTenant("acme")
    class OfTheDatabase {

        @Test
        void usesTenantIndex(DSLContext db, Isolation isolation, @As(Role.OWNER) DataSource owner) throws SQLException {
            isolation.assertUsesTenantIndex(db.selectFrom(BOOKING).where(NIGHTS.eq(3)));
            isolation.assertUsesTenantIndex(db.selectFrom(ShopSetup.LINE).where(ShopSetup.LINE_BOOKING.eq(7L)));
            TestDatabase.execute(
                    owner,
                    "alter table booking drop constraint booking_pkey cascade",
                    "alter table booking add primary key (id)",
                    "drop index if exists booking_tenant_id_idx");
            assertFails(() -> isolation.assertUsesTenantIndex(
                            db.selectFrom(BOOKING).where(NIGHTS.eq(3))))
                    .hasMessageContaining("does not find tenant")
                    .hasMessageContaining("The plan of select")
                    .hasMessageContaining("public.booking");
        }

        @Test
        void needsAScopeForThePlan(DSLContext db, Isolation isolation) {
            assertThatExceptionOfType(TenantNotSetException.class)
                    .isThrownBy(() -> TenantContext.unscoped("to check the refusal")
                            .run(() -> isolation.assertUsesTenantIndex(db.selectFrom(BOOKING))));
        }
    }

    @Nested
    @BoundaryTest(AwkwardSetup.Few.class)
    @WithTenant("acme")
    class OfAPartitionedTable {

        @Test
        void usesTenantIndex(Isolation isolation, DSLContext db, @As(Role.OWNER) DataSource owner) throws SQLException {
            var table = org.jooq.impl.DSL.table(org.jooq.impl.DSL.name("public", "Table \"9\""));
            isolation.assertUsesTenantIndex(db.select(count()).from(table));
            TestDatabase.execute(
                    owner,
                    "alter table \"Table \"\"9\"\"\" drop constraint \"Table \"\"9\"\"_pkey\" cascade",
                    "do $$ declare i regclass; begin for i in select indexrelid from pg_index"
                            + " where indrelid = '\"Table \"\"9\"\"\"'::regclass loop"
                            + " execute 'drop index ' || i; end loop; end $$");
            assertFails(() -> isolation.assertUsesTenantIndex(db.select(count()).from(table)))
                    .hasMessageContaining("part_9_old is read from end to end");
        }
    }

    @Nested
    @BoundaryTest(value = ShopSetup.class, lifecycle = DatabaseLifecycle.PER_METHOD)
    class OfTheDoctor {

        @Test
        void findsNothingThatCounts(Isolation isolation) {
            Doctor doctor = Doctor.builder().applicationRole("boundary_app").build();
            isolation.assertNoFindings(doctor, Severity.MEDIUM, Baseline.empty());
            assertFails(isolation::assertNoFindings).hasMessageContaining("BND-048 (low) index public.booking_id_key");
        }

        @Test
        void findsAGap(Isolation isolation, @As(Role.OWNER) DataSource owner) throws SQLException {
            TestDatabase.execute(owner, "alter table booking no force row level security");
            assertFails(isolation::assertNoFindings)
                    .hasMessageContaining("The doctor found")
                    .hasMessageContaining("BND-")
                    .hasMessageContaining("public.booking")
                    .hasMessageContaining("force row level security");
        }

        @Test
        void theThresholdCounts(Isolation isolation, @As(Role.OWNER) DataSource owner) throws SQLException {
            TestDatabase.execute(owner, "alter table booking disable row level security");
            Doctor doctor = Doctor.builder().applicationRole("boundary_app").build();
            assertFails(() -> isolation.assertNoFindings(doctor, Severity.CRITICAL, Baseline.empty()))
                    .hasMessageContaining("(critical) table public.booking");
        }
    }

    private static void leak(DataSource dataSource, TestDatabase database, String sql) throws SQLException {
        String other = otherTenant(database);
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                leak(connection, other, sql);
                connection.commit();
            } finally {
                connection.rollback();
            }
        }
    }

    /** Reads all results. */
    private static void leak(Connection connection, String tenant, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean result =
                    statement.execute("select set_config('app.current_tenant_id', '" + tenant + "', true); " + sql);
            while (result || statement.getUpdateCount() >= 0) {
                if (result) {
                    try (ResultSet rows = statement.getResultSet()) {
                        while (rows.next()) {
                            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                                rows.getString(i);
                            }
                        }
                    }
                }
                result = statement.getMoreResults();
            }
        }
    }

    /** The tenant of the current canaries. */
    private static String otherTenant(TestDatabase database) throws SQLException {
        return value(
                database,
                "select b.tenant_id from booking b join tenant t on t.id = b.tenant_id where t.name like 'made-%'"
                        + " and exists (select from line where booking_id = b.id) order by b.id desc limit 1");
    }

    private static String guest(TestDatabase database) throws SQLException {
        return value(database, "select guest from booking where tenant_id = '" + otherTenant(database) + "'");
    }

    private static String value(TestDatabase database, String sql) throws SQLException {
        try (Connection superuser = database.superuser().getConnection();
                Statement statement = superuser.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
