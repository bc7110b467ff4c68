package dev.boundary.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.core.internal.PlacementLookup;
import dev.boundary.core.registry.FixedRegistry;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistry;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.OwnDatabase;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.core.routing.Placement.SharedTables;
import dev.boundary.core.routing.UnknownPlacementException;
import dev.boundary.core.routing.UnknownRegionException;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

class PlacedDataSourceTest {

    private static final TenantKey SMALL = TenantKey.of(1L);
    private static final TenantKey BIG = TenantKey.of(2L);
    private static final TenantKey BIGGEST = TenantKey.of(3L);
    private static final TenantKey THIEF = TenantKey.of(4L);
    private static final TenantKey BROKEN = TenantKey.of(5L);

    @SuppressWarnings("NullAway.Init")
    private static TestDatabase shared;

    @SuppressWarnings("NullAway.Init")
    private static TestDatabase own;

    @SuppressWarnings("NullAway.Init")
    private static TenantRegistry tenants;

    @BeforeAll
    static void start() throws SQLException {
        shared = PostgresServer.shared().createDatabase();
        own = PostgresServer.shared().createDatabase();
        TestDatabase.execute(
                shared.superuser(), "create schema \"big-one\"", "grant usage on schema \"big-one\" to boundary_app");
        tenants = new FixedRegistry(
                List.of(
                        tenant(SMALL, "small", Map.of()),
                        tenant(BIG, "big", Map.of(Placement.ATTRIBUTE, "schema:big-one")),
                        tenant(BIGGEST, "biggest", Map.of(Placement.ATTRIBUTE, "database:" + own.name())),
                        tenant(THIEF, "thief", Map.of(Placement.ATTRIBUTE, "schema:big-one")),
                        tenant(BROKEN, "broken", Map.of(Placement.ATTRIBUTE, "schema:public"))),
                Map.of());
    }

    @AfterAll
    static void stop() throws SQLException {
        own.close();
        shared.close();
    }

    private static Tenant tenant(TenantKey key, String slug, Map<String, String> attributes) {
        return new Tenant(key, new Slug(slug), slug, Optional.empty(), TenantState.ACTIVE, attributes);
    }

    private static DataSource pool(OwnSchema schema) {
        PGSimpleDataSource pool = shared.application();
        pool.setCurrentSchema(schema.searchPath());
        return pool;
    }

    private static PlacedDataSource placed() {
        DataSource pool = shared.application();
        TenantRegistry registry = tenants;
        // @start region="placed"
        PlacedDataSource application = PlacedDataSource.builder(
                        pool, tenant -> registry.find(tenant).map(Placement::of))
                .ownSchemas(schema -> pool(schema)) // its connections have schema.searchPath()
                .ownDatabases(database -> own.application())
                .build();
        // @end
        return application;
    }

    private static String where(DataSource source) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select current_database() || '/' || current_schema()")) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String where(DataSource source, TenantKey tenant) {
        return TenantContext.where(tenant).call(() -> where(source));
    }

    @Test
    void routesEachTenantToItsPlace() {
        PlacedDataSource placed = placed();
        assertThat(where(placed, SMALL)).isEqualTo(shared.name() + "/public");
        assertThat(where(placed, BIG)).isEqualTo(shared.name() + "/big-one");
        assertThat(where(placed, BIGGEST)).isEqualTo(own.name() + "/public");
        assertThat(placed.permanent()).containsExactly(new SharedTables());
        assertThat(placed.hasOwnSchemas()).isTrue();
    }

    @Test
    void neverFallsBackToTheSharedTables() {
        PlacedDataSource placed = placed();
        assertThatExceptionOfType(TenantNotSetException.class).isThrownBy(placed::getConnection);
        assertThatExceptionOfType(UnknownPlacementException.class)
                .isThrownBy(() -> where(placed, TenantKey.of(99L)))
                .withMessageContaining("tenant 99")
                .withMessageContaining("no default");
        assertThatExceptionOfType(UnknownPlacementException.class)
                .isThrownBy(() -> where(placed, BROKEN))
                .withMessageContaining("\"public\"");
        assertThatExceptionOfType(UnknownPlacementException.class)
                .isThrownBy(() -> TenantContext.unscoped("report").call(placed::getConnection))
                .withMessageContaining("unscoped (report)");
        PlacedDataSource sharedOnly = PlacedDataSource.builder(
                        shared.application(), key -> tenants.find(key).map(Placement::of))
                .build();
        assertThatExceptionOfType(UnknownPlacementException.class)
                .isThrownBy(() -> where(sharedOnly, BIG))
                .withMessageContaining("ownSchemas");
        assertThatExceptionOfType(UnknownPlacementException.class)
                .isThrownBy(() -> where(sharedOnly, BIGGEST))
                .withMessageContaining("ownDatabases");
        PlacedDataSource down = PlacedDataSource.builder(shared.application(), key -> {
                    throw new IllegalStateException("the registry is down");
                })
                .build();
        assertThatIllegalStateException().isThrownBy(() -> where(down, SMALL)).withMessage("the registry is down");
    }

    @Test
    void aPlaceBelongsToOneTenant() {
        PlacedDataSource placed = placed();
        where(placed, BIG);
        assertThatExceptionOfType(UnknownPlacementException.class)
                .isThrownBy(() -> where(placed, THIEF))
                .withMessageContaining("Tenant 4")
                .withMessageContaining("tenant 2's own");
        assertThat(where(placed, BIG)).endsWith("/big-one");
        placed.release(new OwnSchema("big-one"));
        assertThat(where(placed, THIEF)).endsWith("/big-one"); // the database refuses what is not his
    }

    @Test
    void anotherTenantMayTakeAPlaceThatWasLeft() {
        Map<TenantKey, Placement> registry = new ConcurrentHashMap<>(Map.of(BIG, new OwnSchema("big-one")));
        PlacedDataSource placed = PlacedDataSource.builder(
                        shared.application(), key -> Optional.ofNullable(registry.get(key)))
                .ownSchemas(PlacedDataSourceTest::pool)
                .build();
        registry.put(THIEF, new OwnSchema("big-one"));
        assertThat(where(placed, THIEF)).endsWith("/big-one"); // first, by mistake
        assertThatExceptionOfType(UnknownPlacementException.class).isThrownBy(() -> where(placed, BIG));
        registry.put(THIEF, new SharedTables());
        assertThat(where(placed, BIG)).endsWith("/big-one"); // the mistake is corrected, without a trace
    }

    @Test
    void aPlaceKeepsItsRegion() {
        PlacedDataSource placed = PlacedDataSource.builder(
                        RegionalDataSource.of(Map.of("eu", shared.application(), "us", own.application())),
                        key -> Optional.of(
                                key.equals(BIG)
                                        ? new OwnSchema(Optional.of("eu"), "big-one")
                                        : new SharedTables(key.equals(SMALL) ? Optional.of("us") : Optional.empty())))
                .ownSchemas(PlacedDataSourceTest::pool)
                .build();
        assertThat(where(placed, SMALL)).isEqualTo(own.name() + "/public");
        assertThat(where(placed, BIG)).isEqualTo(shared.name() + "/big-one");
        assertThat(placed.permanent())
                .containsExactly(new SharedTables(Optional.of("eu")), new SharedTables(Optional.of("us")));
        assertThatExceptionOfType(UnknownRegionException.class).isThrownBy(() -> where(placed, BIGGEST));
        assertThatExceptionOfType(UnknownPlacementException.class) // an old scope, or a forged one
                .isThrownBy(() -> TenantContext.where(new TenantScope(BIG, Optional.of("us")))
                        .call(placed::getConnection))
                .withMessageContaining("region eu");
        assertThatExceptionOfType(UnknownPlacementException.class)
                .isThrownBy(() -> RegionalDataSource.of(Map.of("eu", shared.application()))
                        .at(new OwnSchema(Optional.of("eu"), "big-one")));
    }

    @Test
    void createsEachDataSourceOnceAndClosesIt() {
        List<String> closed = new ArrayList<>();
        List<String> made = new ArrayList<>();
        PlacedDataSource placed = PlacedDataSource.builder(
                        shared.application(), key -> Optional.of(new OwnSchema("s" + key)))
                .ownSchemas(schema -> {
                    made.add(schema.schema());
                    return new ClosingPool(schema.schema(), closed);
                })
                .build();
        DataSource first = placed.at(new OwnSchema("s1"));
        assertThat(placed.at(new OwnSchema("s1"))).isSameAs(first);
        placed.at(new OwnSchema("s2"));
        placed.release(new OwnSchema("s1"));
        assertThat(closed).containsExactly("s1");
        assertThat(placed.at(new OwnSchema("s1"))).isNotSameAs(first);
        placed.at(new OwnSchema("fails"));
        assertThatIllegalStateException().isThrownBy(placed::close);
        assertThat(closed).containsExactlyInAnyOrder("s1", "s1", "s2");
        assertThat(made).containsExactly("s1", "s2", "s1", "fails");
        placed.close(); // nothing is left
    }

    /** One place that takes its time takes no other along: there are more places than bins in a small map. */
    @Test
    @Timeout(20)
    void aPlaceWhoseConnectionsTakeTheirTimeDelaysNoOther() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        CountDownLatch waits = new CountDownLatch(1);
        PlacedDataSource placed = PlacedDataSource.builder(
                        shared.application(), key -> Optional.of(new OwnSchema("s" + key)))
                .ownSchemas(schema -> {
                    if (schema.schema().equals("slow")) {
                        waits.countDown();
                        await(slow);
                    }
                    return shared.application();
                })
                .build();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<DataSource> first = threads.submit(() -> placed.at(new OwnSchema("slow")));
            waits.await();
            for (int i = 0; i < 100; i++) {
                placed.at(new OwnSchema("s" + i));
            }
            Future<DataSource> second = threads.submit(() -> placed.at(new OwnSchema("slow")));
            assertThat(first.isDone()).isFalse();
            slow.countDown();
            assertThat(second.get()).isSameAs(first.get());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPlaceWithoutConnectionsIsNamedAndTriedAgain() {
        AtomicBoolean down = new AtomicBoolean(true);
        PlacedDataSource placed = PlacedDataSource.builder(
                        shared.application(), key -> Optional.of(new OwnSchema("big-one")))
                .ownSchemas(schema -> {
                    if (down.get()) {
                        throw new IllegalArgumentException("connection refused");
                    }
                    return pool(schema);
                })
                .build();
        assertThatIllegalStateException()
                .isThrownBy(() -> where(placed, BIG))
                .withMessageContaining("schema \"big-one\"")
                .withMessageContaining("connection refused");
        down.set(false);
        assertThat(where(placed, BIG)).endsWith("/big-one");
    }

    /** A statement would hold one connection of a pool and wait for a second. */
    @Test
    void placementsAreNotLookedUpOnThePoolsTheyLeadTo() {
        DataSource pool = new ClosingPool("shared", new ArrayList<>());
        DataSource other = shared.application();
        for (DataSource registry : List.of(pool, new LazyConnectionDataSource(pool))) {
            PlacedDataSource placed = PlacedDataSource.builder(pool, key -> {
                        PlacementLookup.requireOther(registry);
                        return Optional.of(new SharedTables());
                    })
                    .build();
            assertThatExceptionOfType(UnknownPlacementException.class)
                    .isThrownBy(() -> placed.placementOf(new TenantScope(SMALL)))
                    .withMessageContaining("a pool of its own");
            RegionalDataSource regional = RegionalDataSource.of(Map.of("eu", pool))
                    .findingRegions(key -> {
                        PlacementLookup.requireOther(registry);
                        return Optional.of("eu");
                    });
            assertThatExceptionOfType(UnknownPlacementException.class)
                    .isThrownBy(() -> regional.placementOf(new TenantScope(SMALL)));
        }
        PlacedDataSource placed = PlacedDataSource.builder(pool, key -> {
                    PlacementLookup.requireOther(other); // the control
                    return Optional.of(new SharedTables());
                })
                .build();
        assertThat(placed.placementOf(new TenantScope(SMALL))).isEqualTo(new SharedTables());
        PlacementLookup.requireOther(pool); // outside of such a look-up
    }

    /** As Spring's proxies: it gives the connections of another data source. */
    private static final class LazyConnectionDataSource extends PGSimpleDataSource {

        private static final long serialVersionUID = 1L;

        private final transient DataSource target;

        LazyConnectionDataSource(DataSource target) {
            this.target = target;
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return type.isInstance(target);
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            return type.cast(target);
        }
    }

    @Test
    void refusesANestedPlacedDataSource() {
        PlacedDataSource placed = placed();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlacedDataSource.builder(placed, key -> Optional.empty()));
        assertThat(placed.at(new OwnDatabase(own.name()))).isNotNull();
    }

    /** A pool that records that it was closed. */
    private static final class ClosingPool extends PGSimpleDataSource implements AutoCloseable {

        private static final long serialVersionUID = 1L;

        private final String name;
        private final transient List<String> closed;

        ClosingPool(String name, List<String> closed) {
            this.name = name;
            this.closed = closed;
        }

        @Override
        public void close() {
            if (name.equals("fails")) {
                throw new IllegalStateException("still in use");
            }
            closed.add(name);
        }
    }
}
