package dev.boundary.cache;

import com.github.benmanes.caffeine.cache.Cache;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A Caffeine cache in which every operation affects only the entries of the tenant of the open scope, {@link #clear()}
 * included. Outside a tenant's scope, and in an unscoped one, every operation throws {@link TenantNotSetException}. The
 * size and the expiry of the cache apply to all tenants together. Requires Caffeine.
 *
 * {@snippet file="dev/boundary/cache/TenantCacheTest.java" region="cache"}
 *
 * <p>For other caches there is {@link TenantCacheKey#of}.
 *
 * <p>Safe for use by several threads.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1
 */
public final class TenantCache<K, V> {

    private final Cache<TenantCacheKey<K>, V> cache;

    /**
     * Wraps a cache.
     *
     * @param cache the cache, which no other code writes to
     */
    @SuppressWarnings("exports") // transitive, every module above would need Caffeine
    public TenantCache(Cache<TenantCacheKey<K>, V> cache) {
        this.cache = Objects.requireNonNull(cache, "cache");
    }

    /**
     * Reads an entry.
     *
     * @param key its key
     * @return its value, or empty if the tenant has none
     */
    public Optional<V> find(K key) {
        return Optional.ofNullable(cache.getIfPresent(TenantCacheKey.of(key)));
    }

    /**
     * Reads an entry, and loads it if the tenant has none; concurrent calls for one entry load it once.
     *
     * @param key its key
     * @param loader returns the value, in the same scope; its exceptions are passed on and nothing is cached
     * @return the value
     */
    public V get(K key, Function<? super K, ? extends V> loader) {
        return Objects.requireNonNull(
                cache.get(TenantCacheKey.of(key), missing -> loader.apply(missing.key())), "the loaded value");
    }

    /**
     * Reads several entries.
     *
     * @param keys their keys
     * @return the values of those that the tenant has
     */
    public Map<K, V> findAll(Collection<? extends K> keys) {
        Map<K, V> result = new HashMap<>();
        cache.getAllPresent(own(keys)).forEach((key, value) -> result.put(key.key(), value));
        return result;
    }

    /**
     * Writes an entry.
     *
     * @param key its key
     * @param value its value
     */
    public void put(K key, V value) {
        cache.put(TenantCacheKey.of(key), value);
    }

    /**
     * Writes several entries.
     *
     * @param entries the values by their keys
     */
    public void putAll(Map<? extends K, ? extends V> entries) {
        TenantKey tenant = TenantContext.requireTenant();
        entries.forEach((key, value) -> cache.put(TenantCacheKey.of(tenant, key), value));
    }

    /**
     * Removes an entry, if the tenant has it.
     *
     * @param key its key
     */
    public void remove(K key) {
        cache.invalidate(TenantCacheKey.of(key));
    }

    /**
     * Removes several entries.
     *
     * @param keys their keys
     */
    public void removeAll(Collection<? extends K> keys) {
        cache.invalidateAll(own(keys));
    }

    /** Removes all entries of the tenant, and none of any other. Looks at every entry of the cache. */
    public void clear() {
        TenantKey tenant = TenantContext.requireTenant();
        cache.asMap().keySet().removeIf(key -> key.belongsTo(tenant));
    }

    private static <K> List<TenantCacheKey<K>> own(Collection<? extends K> keys) {
        TenantKey tenant = TenantContext.requireTenant();
        return keys.stream().map(key -> TenantCacheKey.<K>of(tenant, key)).toList();
    }
}
