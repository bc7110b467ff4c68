package dev.boundary.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistry;
import dev.boundary.core.registry.TenantState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CachedTenantRegistryTest {

    private static final Tenant ACME = new Tenant(TenantKey.of(1L), new Slug("acme"), "Acme");

    private final Source source = new Source();
    private final AtomicLong nanos = new AtomicLong();
    private final CachedTenantRegistry cache = cache(10_000);

    private CachedTenantRegistry cache(long size) {
        return CachedTenantRegistry.builder(source)
                .maximumSize(size)
                .ticker(nanos::get)
                .build();
    }

    /** A registry of tenants that change, which counts its calls. */
    private static final class Source implements TenantRegistry {

        private final Map<TenantKey, Tenant> tenants = new ConcurrentHashMap<>(Map.of(ACME.key(), ACME));
        private final AtomicInteger calls = new AtomicInteger();
        private volatile Runnable before = () -> {};

        @Override
        public Optional<Tenant> find(TenantKey key) {
            calls.incrementAndGet();
            Optional<Tenant> found = Optional.ofNullable(tenants.get(key));
            before.run();
            return found;
        }

        @Override
        public Optional<Tenant> findBySlug(Slug slug) {
            calls.incrementAndGet();
            return tenants.values().stream()
                    .filter(tenant -> tenant.slug().equals(slug))
                    .findFirst();
        }

        @Override
        public Optional<Tenant> findByDomain(String domain) {
            return findBySlug(new Slug(domain.substring(0, domain.indexOf('.'))));
        }
    }

    @Test
    void looksUpEachTenantOnce() {
        TenantRegistry registry = source;
        // @start region="cache"
        CachedTenantRegistry tenants = CachedTenantRegistry.builder(registry)
                .maximumSize(50_000)
                .timeToLive(Duration.ofSeconds(30))
                .build();
        // @end
        for (int i = 0; i < 3; i++) {
            assertThat(tenants.find(ACME.key())).contains(ACME);
            assertThat(tenants.findBySlug(ACME.slug())).contains(ACME);
            assertThat(tenants.findByDomain("acme.org")).contains(ACME);
        }
        assertThat(source.calls).hasValue(3);
    }

    @Test
    void cachesMissesForAShorterTime() {
        TenantKey young = TenantKey.of(2L);
        assertThat(cache.find(young)).isEmpty();
        assertThat(cache.find(young)).isEmpty();
        assertThat(source.calls).hasValue(1);
        source.tenants.put(young, new Tenant(young, new Slug("young"), "Young"));
        cache.find(ACME.key());
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(cache.find(young)).isPresent();
        cache.find(ACME.key());
        assertThat(source.calls).hasValue(3);
    }

    @Test
    void asksForASlugAnewWhereItMustBeOfNow() {
        Tenant successor = new Tenant(TenantKey.of(2L), ACME.slug(), "Successor");
        assertThat(cache.findBySlug(ACME.slug())).contains(ACME);
        source.tenants.clear();
        source.tenants.put(successor.key(), successor);
        assertThat(cache.findBySlug(ACME.slug())).contains(ACME); // the control
        assertThat(cache.findBySlugNow(ACME.slug())).contains(successor);
        assertThat(cache.findBySlug(ACME.slug())).contains(successor);
        int calls = source.calls.get();
        cache.keptUpToDateBy(() -> true); // a listener would have evicted it
        assertThat(cache.findBySlugNow(ACME.slug())).contains(successor);
        assertThat(source.calls).hasValue(calls);
    }

    @Test
    void entriesExpire() {
        cache.find(ACME.key());
        source.tenants.put(ACME.key(), ACME.in(TenantState.SUSPENDED));
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(cache.find(ACME.key())).contains(ACME);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(cache.find(ACME.key())).contains(ACME.in(TenantState.SUSPENDED));
    }

    @Test
    void looksUpAnEvictedTenantAgain() {
        List<Runnable> forget = List.of(
                () -> {
                    cache.evict(ACME.key());
                    cache.evict(ACME.slug());
                    cache.evictDomain("acme.org");
                },
                cache::evictAll);
        Tenant[] states = {ACME.in(TenantState.SUSPENDED), ACME.in(TenantState.DELETED)};
        for (int i = 0; i < states.length; i++) {
            lookUp();
            source.tenants.put(ACME.key(), states[i]);
            forget.get(i).run();
            assertThat(lookUp()).containsOnly(Optional.of(states[i]));
        }
    }

    private List<Optional<Tenant>> lookUp() {
        return List.of(cache.find(ACME.key()), cache.findBySlug(ACME.slug()), cache.findByDomain("acme.org"));
    }

    /**
     * The race: a look-up reads the old state, the tenant changes and is evicted, and only then is the old state
     * cached.
     */
    @Test
    void evictingAKeyAlsoEvictsALookUpInProgress() throws Exception {
        evictDuringALookUp(() -> cache.evict(ACME.key()));
        assertThat(cache.find(ACME.key())).contains(ACME.in(TenantState.SUSPENDED));
    }

    @Test
    void evictingAllAlsoEvictsALookUpInProgress() throws Exception {
        evictDuringALookUp(cache::evictAll);
        assertThat(cache.find(ACME.key())).contains(ACME.in(TenantState.SUSPENDED));
    }

    private void evictDuringALookUp(Runnable forget) throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        source.before = () -> {
            read.countDown();
            await(goOn);
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Tenant>> old = threads.submit(() -> cache.find(ACME.key()));
            read.await();
            source.before = () -> {};
            source.tenants.put(ACME.key(), ACME.in(TenantState.SUSPENDED));
            Future<?> forgotten = threads.submit(forget);
            goOn.countDown();
            old.get();
            forgotten.get();
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
    void concurrentLookUpsOfOneTenantShareACall() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        source.before = () -> await(goOn);
        Callable<Optional<Tenant>> lookUp = () -> cache.find(ACME.key());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Tenant>>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                all.add(threads.submit(lookUp));
            }
            goOn.countDown();
            for (Future<Optional<Tenant>> one : all) {
                assertThat(one.get()).contains(ACME);
            }
        }
        assertThat(source.calls).hasValue(1);
    }

    @Test
    void anErrorIsNotCached() {
        source.before = () -> {
            throw new IllegalStateException("down");
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> cache.find(ACME.key()))
                .withMessage("down");
        source.before = () -> {};
        assertThat(cache.find(ACME.key())).contains(ACME);
    }

    @Test
    void limitsTheNumberOfEntries() {
        CachedTenantRegistry small = cache(10);
        for (long i = 0; i < 1000; i++) {
            small.find(TenantKey.of(i + 100));
        }
        int before = source.calls.get();
        for (long i = 0; i < 1000; i++) {
            small.find(TenantKey.of(i + 100));
        }
        assertThat(source.calls.get() - before).isGreaterThan(900);
    }

    @Test
    void refusesInvalidSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CachedTenantRegistry.builder(source).maximumSize(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CachedTenantRegistry.builder(source).timeToLive(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CachedTenantRegistry.builder(source).timeToLiveOfNothing(Duration.ofSeconds(-1)));
    }
}
