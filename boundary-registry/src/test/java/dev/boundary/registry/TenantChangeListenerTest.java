package dev.boundary.registry;

import static dev.boundary.registry.RegistryDatabase.CHANGE;
import static dev.boundary.registry.RegistryDatabase.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.event.BoundaryEvent.RegistryListening;
import dev.boundary.core.event.BoundaryListener;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.testing.postgresql.TestDatabase;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

class TenantChangeListenerTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Tenant ACME = new Tenant(TenantKey.of("a\nb"), new Slug("acme"), "Acme");
    private static final Tenant BETA = new Tenant(TenantKey.of("beta"), new Slug("beta"), "Beta");

    private static TestDatabase database;
    private static JdbcTenantRegistry registry;

    private CachedTenantRegistry cache;
    private final BlockingQueue<RegistryListening> states = new LinkedBlockingQueue<>();
    private final BoundaryListener events = event -> states.add((RegistryListening) event);

    @BeforeAll
    static void create() throws SQLException {
        database = RegistryDatabase.create(TenantKeyType.TEXT);
        registry = JdbcTenantRegistry.of(database.application(), database.admin());
    }

    @BeforeEach
    void createCache() {
        cache = CachedTenantRegistry.builder(registry)
                .timeToLive(Duration.ofDays(1))
                .timeToLiveOfNothing(Duration.ofDays(1))
                .build();
    }

    @AfterEach
    void empty() throws SQLException {
        RegistryDatabase.empty(database);
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    private static PGSimpleDataSource source() {
        PGSimpleDataSource source = database.application();
        source.setApplicationName("listener");
        return source;
    }

    private TenantChangeListener listener(DataSource source) {
        return TenantChangeListener.builder(source, cache)
                .listener(events)
                .longestPause(Duration.ofMillis(20))
                .start();
    }

    private static void eventually(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("the deadline for the condition").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private RegistryListening next() throws InterruptedException {
        RegistryListening state = states.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(state).as("an event").isNotNull();
        return state;
    }

    private static void suspend(Tenant tenant) {
        registry.changeState(tenant.key(), EnumSet.of(TenantState.ACTIVE), TenantState.SUSPENDED, CHANGE);
    }

    private TenantState cached() {
        return cache.find(ACME.key()).orElseThrow().state();
    }

    @Test
    void evictsAChangedTenantByEveryName() throws Exception {
        registry.create(ACME, CHANGE);
        registry.create(BETA, CHANGE);
        registry.addDomain(ACME.key(), "acme.org", CHANGE);
        PGSimpleDataSource direct = source();
        // @start region="listener"
        TenantChangeListener listener =
                TenantChangeListener.builder(direct, cache).listener(events).start();
        // @end
        try (listener) {
            assertThat(listener.awaitListening(LONG)).isTrue();
            assertThat(next().listening()).isTrue();
            assertThat(cached()).isEqualTo(TenantState.ACTIVE);
            assertThat(cache.findBySlug(ACME.slug())).isPresent();
            assertThat(cache.findByDomain("acme.org")).isPresent();
            assertThat(cache.findBySlug(new Slug("apex"))).isEmpty();
            assertThat(cache.findByDomain("new.org")).isEmpty();

            suspend(ACME);
            Tenant suspended = ACME.in(TenantState.SUSPENDED);
            eventually(() -> cached() == TenantState.SUSPENDED);
            eventually(() -> cache.findBySlug(ACME.slug()).equals(Optional.of(suspended)));
            eventually(() -> cache.findByDomain("acme.org").equals(Optional.of(suspended)));

            registry.addDomain(ACME.key(), "new.org", CHANGE);
            eventually(() -> cache.findByDomain("new.org").isPresent());
            registry.removeDomain(ACME.key(), "acme.org", CHANGE);
            eventually(() -> cache.findByDomain("acme.org").isEmpty());
            registry.update(
                    suspended,
                    new Tenant(
                            ACME.key(),
                            new Slug("apex"),
                            "Apex",
                            ACME.region(),
                            TenantState.SUSPENDED,
                            ACME.attributes()),
                    CHANGE);
            eventually(() -> cache.findBySlug(new Slug("apex")).isPresent());
            eventually(() -> cache.findBySlug(ACME.slug()).isEmpty());
            assertThat(states).isEmpty();
        }
        assertThat(listener.isListening()).isFalse();
        eventually(() -> rows(database, "select 1 from pg_stat_activity where application_name = 'listener'")
                .isEmpty());
    }

    @Test
    void withoutAListenerEntriesLiveUntilTheyExpire() {
        registry.create(ACME, CHANGE);
        assertThat(cached()).isEqualTo(TenantState.ACTIVE);
        suspend(ACME);
        assertThat(cached()).isEqualTo(TenantState.ACTIVE);
    }

    @Test
    void evictsEverythingAfterAnOutage() throws Exception {
        registry.create(ACME, CHANGE);
        AtomicBoolean reachable = new AtomicBoolean(true);
        PGSimpleDataSource direct = source();
        DataSource source = proxy(DataSource.class, direct, (proxy, method, arguments) -> {
            if (!reachable.get()) {
                throw new SQLException("no route to host");
            }
            return method.invoke(direct, arguments);
        });
        try (TenantChangeListener listener = listener(source)) {
            assertThat(next().listening()).isTrue();
            assertThat(cached()).isEqualTo(TenantState.ACTIVE);
            reachable.set(false);
            rows(
                    database,
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'listener'");
            RegistryListening down = next();
            assertThat(down.listening()).isFalse();
            assertThat(down.error()).isPresent();
            assertThat(listener.isListening()).isFalse();

            suspend(ACME);
            assertThat(cached()).as("this process has not been notified").isEqualTo(TenantState.ACTIVE);

            reachable.set(true);
            assertThat(next().listening()).isTrue();
            assertThat(cached()).isEqualTo(TenantState.SUSPENDED);
            assertThat(states).as("reported once, not at each attempt").isEmpty();
        }
    }

    /** Any role may send notifications. */
    @Test
    void aForgedNotificationOnlyCausesAnotherLookUp() throws Exception {
        registry.create(ACME, CHANGE);
        registry.create(BETA, CHANGE);
        try (TenantChangeListener listener = listener(source())) {
            assertThat(next().listening()).isTrue();
            for (String payload : List.of(
                    "",
                    "x",
                    "\n",
                    "\n\n",
                    "beta\n\na\nb",
                    "acme\nacme.org\nbeta",
                    "NO SLUG\n\nbeta",
                    "a b c\n.. ' \" %\nbeta",
                    "\n\n\n\n",
                    "{\"key\": \"beta\"}",
                    "ü".repeat(3000))) {
                assertThat(cache.find(ACME.key())).contains(ACME);
                assertThat(cache.findBySlug(BETA.slug())).contains(BETA);
                try (Connection connection = database.application().getConnection();
                        var statement = connection.prepareStatement("select pg_notify('boundary_tenant', ?)")) {
                    statement.setString(1, payload);
                    statement.execute();
                }
            }
            suspend(ACME);
            eventually(() -> cached() == TenantState.SUSPENDED);
            assertThat(cache.findBySlug(BETA.slug())).contains(BETA);
            assertThat(listener.isListening()).isTrue();
            assertThat(states).isEmpty();
        }
    }

    @Test
    void startsWithoutADatabaseAndReportsIt() throws Exception {
        DataSource source = proxy(DataSource.class, source(), (proxy, method, arguments) -> {
            throw new SQLException("no route to host");
        });
        try (TenantChangeListener listener = listener(source)) {
            assertThat(next().error().orElseThrow()).hasMessage("no route to host");
            assertThat(listener.isListening()).isFalse();
            assertThat(listener.awaitListening(Duration.ZERO)).isFalse();
        }
        assertThat(states).isEmpty();
    }

    /** As behind a pooler that gives each statement another connection. */
    @Test
    void detectsThatNoNotificationArrives() throws Exception {
        PGSimpleDataSource direct = source();
        DataSource source = proxy(DataSource.class, direct, (proxy, method, arguments) -> {
            Connection connection = direct.getConnection();
            PGConnection deaf = proxy(PGConnection.class, connection, (p, called, a) -> null);
            return proxy(
                    Connection.class,
                    connection,
                    (p, called, a) -> called.getName().equals("unwrap") ? deaf : called.invoke(connection, a));
        });
        try (TenantChangeListener listener = TenantChangeListener.builder(source, cache)
                .listener(events)
                .answerWithin(Duration.ofSeconds(2))
                .start()) {
            assertThat(next().error().orElseThrow()).hasMessageContaining("pooler in transaction mode");
            assertThat(listener.isListening()).isFalse();
        }
    }

    @Test
    void requiresAConnectionOfTheDriver() throws Exception {
        DataSource source = proxy(
                DataSource.class,
                source(),
                (proxy, method, arguments) -> proxy(
                        Connection.class,
                        source(),
                        (p, called, a) -> called.getName().equals("isWrapperFor") ? false : null));
        try (TenantChangeListener listener = listener(source)) {
            assertThat(next().error().orElseThrow()).hasMessageContaining("Give the listener a PGSimpleDataSource");
            assertThat(listener.isListening()).isFalse();
        }
    }

    @Test
    void stillReceivesChangesAfterManyProbes() throws Exception {
        registry.create(ACME, CHANGE);
        try (TenantChangeListener listener = TenantChangeListener.builder(source(), cache)
                .listener(events)
                .keepAlive(Duration.ofMillis(100))
                .start()) {
            assertThat(next().listening()).isTrue();
            assertThat(cached()).isEqualTo(TenantState.ACTIVE);
            String proofs = "select query_start from pg_stat_activity where application_name = 'listener'";
            for (int i = 0; i < 2; i++) {
                List<String> before = rows(database, proofs);
                eventually(() -> !rows(database, proofs).equals(before));
            }
            suspend(ACME);
            eventually(() -> cached() == TenantState.SUSPENDED);
            assertThat(listener.isListening()).isTrue();
            assertThat(states).isEmpty();
        }
    }

    @Test
    void anEventListenerMayCloseIt() throws Exception {
        BlockingQueue<TenantChangeListener> started = new LinkedBlockingQueue<>();
        BlockingQueue<Boolean> ended = new LinkedBlockingQueue<>();
        BoundaryListener ending = event -> {
            try {
                started.take().close();
                ended.add(true);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        TenantChangeListener listener =
                TenantChangeListener.builder(source(), cache).listener(ending).start();
        started.add(listener);
        assertThat(ended.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        listener.close();
        assertThat(listener.isListening()).isFalse();
    }

    @Test
    void refusesDurationsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantChangeListener.builder(source(), cache).keepAlive(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantChangeListener.builder(source(), cache).longestPause(Duration.ofDays(30)));
    }

    private static <T> T proxy(Class<T> type, Object target, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(
                TenantChangeListenerTest.class.getClassLoader(),
                new Class<?>[] {type},
                (Object proxy, Method method, Object[] arguments) -> {
                    try {
                        return handler.invoke(target, method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
