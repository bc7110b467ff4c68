package dev.boundary.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Caches the tenants that another registry finds and, for a shorter time, that it does not find a tenant, so that
 * guessed names do not reach the database each time. Concurrent look-ups of one tenant share one call. An exception of
 * the other registry is passed on and not cached.
 *
 * {@snippet file="dev/boundary/registry/CachedTenantRegistryTest.java" region="cache"}
 *
 * <p>A slug or a domain that changes hands leads to the tenant that had it before until its entry is evicted.
 *
 * <p>A tenant that is suspended or deleted can still work until its entry is evicted: let a
 * {@link TenantChangeListener} evict it, call {@link #evict(TenantKey)} in every process when it changes, or choose a
 * time to live that is acceptable.
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public final class CachedTenantRegistry implements TenantRegistry {

    private final TenantRegistry registry;
    private final Cache<Lookup, Entry> cache;

    /** How often everything was evicted. An entry that was read before the last time is not used. */
    private final AtomicLong generation = new AtomicLong();

    /** Whether changes are heard of now. */
    private volatile BooleanSupplier isKeptUpToDate = () -> false;

    private CachedTenantRegistry(Builder builder) {
        this.registry = builder.registry;
        this.cache = Caffeine.newBuilder()
                .maximumSize(builder.maximumSize)
                .ticker(builder.ticker)
                .expireAfter(Expiry.writing((Lookup lookup, Entry entry) ->
                        entry.found().isPresent() ? builder.timeToLive : builder.timeToLiveOfNothing))
                .build();
    }

    /**
     * Begins a cache.
     *
     * @param registry the registry to look up what is not cached
     * @return a builder with the settings
     */
    public static Builder builder(TenantRegistry registry) {
        return new Builder(registry);
    }

    @Override
    public Optional<Tenant> find(TenantKey key) {
        return find(new Lookup.ByKey(key));
    }

    @Override
    public Optional<Tenant> findBySlug(Slug slug) {
        return find(new Lookup.BySlug(slug));
    }

    /**
     * {@inheritDoc} It does unless a {@link TenantChangeListener} evicts what changes.
     */
    @Override
    public Optional<Tenant> findBySlugNow(Slug slug) {
        if (!isKeptUpToDate.getAsBoolean()) {
            evict(slug);
        }
        return findBySlug(slug);
    }

    /** Who says whether a listener receives changes, so that entries are up to date. */
    void keptUpToDateBy(BooleanSupplier listener) {
        isKeptUpToDate = listener;
    }

    @Override
    public Optional<Tenant> findByDomain(String domain) {
        return find(new Lookup.ByDomain(domain));
    }

    private Optional<Tenant> find(Lookup lookup) {
        while (true) {
            Entry entry = Objects.requireNonNull(cache.get(lookup, this::read));
            if (entry.generation() == generation.get()) {
                return entry.found();
            }
            cache.asMap().remove(lookup, entry);
        }
    }

    private Entry read(Lookup lookup) {
        long before = generation.get();
        return new Entry(lookup.in(registry), before);
    }

    private record Entry(Optional<Tenant> found, long generation) {}

    /**
     * Evicts the entry for a key. If the key is being looked up at this moment, waits for the result and evicts it,
     * too, since it may have been read before the change.
     *
     * @param key the key of a tenant that has changed
     */
    public void evict(TenantKey key) {
        cache.asMap().remove(new Lookup.ByKey(key));
    }

    /**
     * Evicts the entry for a slug, as {@link #evict(TenantKey)} does for a key.
     *
     * @param slug a slug that a changed tenant had or has now
     */
    public void evict(Slug slug) {
        cache.asMap().remove(new Lookup.BySlug(slug));
    }

    /**
     * Evicts the entry for a domain, as {@link #evict(TenantKey)} does for a key.
     *
     * @param domain a domain that a changed tenant had or has now
     */
    public void evictDomain(String domain) {
        cache.asMap().remove(new Lookup.ByDomain(domain));
    }

    /** Evicts every entry, as after an outage in which changes may have been missed. */
    public void evictAll() {
        generation.incrementAndGet();
        cache.invalidateAll();
    }

    private sealed interface Lookup {

        Optional<Tenant> in(TenantRegistry registry);

        record ByKey(TenantKey key) implements Lookup {
            @Override
            public Optional<Tenant> in(TenantRegistry registry) {
                return registry.find(key);
            }
        }

        record BySlug(Slug slug) implements Lookup {
            @Override
            public Optional<Tenant> in(TenantRegistry registry) {
                return registry.findBySlug(slug);
            }
        }

        record ByDomain(String domain) implements Lookup {
            @Override
            public Optional<Tenant> in(TenantRegistry registry) {
                return registry.findByDomain(domain);
            }
        }
    }

    /** The settings of a {@link CachedTenantRegistry}. Not for use by several threads. */
    public static final class Builder {

        private final TenantRegistry registry;
        private long maximumSize = 10_000;
        private Duration timeToLive = Duration.ofMinutes(1);
        private Duration timeToLiveOfNothing = Duration.ofSeconds(5);
        private Ticker ticker = Ticker.systemTicker();

        private Builder(TenantRegistry registry) {
            this.registry = Objects.requireNonNull(registry, "registry");
        }

        /**
         * Limits the number of entries; a tenant that is found by its key, its slug and a domain has three. The least
         * used ones are evicted first. Default: 10,000.
         *
         * @param lookups more than zero
         * @return this
         * @throws IllegalArgumentException if it is zero or less
         */
        public Builder maximumSize(long lookups) {
            if (lookups <= 0) {
                throw new IllegalArgumentException("The size must be more than zero, not " + lookups + ".");
            }
            this.maximumSize = lookups;
            return this;
        }

        /**
         * How long a tenant that was found is cached. Default: one minute.
         *
         * @param duration more than zero
         * @return this
         * @throws IllegalArgumentException if it is zero or less
         */
        public Builder timeToLive(Duration duration) {
            this.timeToLive = positive(duration);
            return this;
        }

        /**
         * How long it is cached that a tenant was not found. Default: five seconds.
         *
         * @param duration more than zero
         * @return this
         * @throws IllegalArgumentException if it is zero or less
         */
        public Builder timeToLiveOfNothing(Duration duration) {
            this.timeToLiveOfNothing = positive(duration);
            return this;
        }

        private static Duration positive(Duration duration) {
            if (!duration.isPositive()) {
                throw new IllegalArgumentException("The time must be more than zero, not " + duration + ".");
            }
            return duration;
        }

        /** For tests, which cannot wait for entries to expire. */
        Builder ticker(Ticker clock) {
            this.ticker = clock;
            return this;
        }

        /**
         * Builds the cache.
         *
         * @return the cache
         */
        public CachedTenantRegistry build() {
            return new CachedTenantRegistry(this);
        }
    }
}
