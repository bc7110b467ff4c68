package dev.boundary.testing;

import static dev.boundary.testing.ShopSetup.BOOKING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.testing.postgresql.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** Classes and methods of every lifecycle run at once, beside a contract and beside tests that leak. */
class ParallelTest {

    private static final int AT_ONCE = 4;
    private static final CyclicBarrier ALL = new CyclicBarrier(AT_ONCE);
    private static final Set<String> DATABASES = ConcurrentHashMap.newKeySet();

    @Test
    void testsDoNotDisturbEachOther() {
        EngineExecutionResults results = TestKit.run(
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "8"),
                List.of(
                        selectClass(One.class),
                        selectClass(Two.class),
                        selectClass(Three.class),
                        selectClass(Four.class),
                        selectClass(EachADatabase.class),
                        selectClass(RolledBack.class),
                        selectClass(Leaking.class),
                        selectClass(Contract.class)));
        // A test that leaks fails, and no other.
        assertThat(TestKit.failures(results))
                .hasSize(8)
                .allSatisfy(failure -> assertThat(failure).contains("for the reason \"parallel peeking\""));
        assertThat(results.testEvents().succeeded().count()).isGreaterThan(200);
        // Four classes with one each, and eight repetitions with one each.
        assertThat(DATABASES).hasSize(AT_ONCE + 8);
    }

    /** Waits for the other classes, so that all run at once. */
    abstract static class Meeting {

        @Test
        @WithTenant("acme")
        void atOnce(DSLContext db, TestDatabase database, @NamedTenant("acme") TenantKey acme) throws Exception {
            ALL.await(60, TimeUnit.SECONDS);
            ShopSetup.booking(db, "Ada").execute();
            ALL.await(60, TimeUnit.SECONDS);
            assertThat(TenantContext.requireTenant()).isEqualTo(acme);
            assertThat(db.fetchCount(BOOKING)).isOne();
            DATABASES.add(database.name());
        }

        @RepeatedTest(20)
        void eachTestItsTenant(DSLContext db, Tenants tenants) {
            TenantKey mine = tenants.unique();
            TenantContext.where(mine).run(() -> {
                ShopSetup.booking(db, "Grace").execute();
                assertThat(db.fetchCount(BOOKING)).isOne();
            });
        }
    }

    @BoundaryTest(ShopSetup.class)
    static class One extends Meeting {}

    @BoundaryTest(ShopSetup.class)
    static class Two extends Meeting {}

    @BoundaryTest(ShopSetup.class)
    static class Three extends Meeting {}

    @BoundaryTest(ShopSetup.class)
    static class Four extends Meeting {}

    @BoundaryTest(value = ShopSetup.class, lifecycle = DatabaseLifecycle.PER_METHOD)
    @WithTenant("acme")
    static class EachADatabase {

        @RepeatedTest(8)
        void alone(DSLContext db, TestDatabase database) {
            ShopSetup.booking(db, "Ada").execute();
            assertThat(db.fetchCount(BOOKING)).isOne();
            DATABASES.add(database.name());
        }
    }

    @BoundaryTest(value = ShopSetup.class, lifecycle = DatabaseLifecycle.ROLLED_BACK_PER_TEST)
    @WithTenant("acme")
    static class RolledBack {

        @RepeatedTest(20)
        void unseen(DSLContext db) {
            assertThat(db.fetchCount(BOOKING)).isZero();
            ShopSetup.booking(db, "Ada").execute();
            assertThat(db.fetchCount(BOOKING)).isOne();
        }
    }

    @BoundaryTest(ShopSetup.class)
    static class Leaking {

        @RepeatedTest(8)
        void unscoped(DSLContext db) {
            TenantContext.unscoped("parallel peeking").run(() -> db.fetchCount(BOOKING));
        }

        @RepeatedTest(8)
        @WithTenant("acme")
        void innocent(DSLContext db) {
            assertThat(db.fetchCount(BOOKING)).isZero();
        }
    }

    @BoundaryTest(ShopSetup.class)
    static class Contract extends IsolationContract {}
}
