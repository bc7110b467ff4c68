package dev.boundary.cache;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import org.jspecify.annotations.Nullable;

/**
 * A JCache (JSR 107) cache in which every operation affects only the entries of the tenant of the open scope,
 * {@link #clear()} included. Outside a tenant's scope, and in an unscoped one, every operation throws
 * {@link TenantNotSetException}. The configuration and the statistics of the cache apply to all tenants together.
 * Requires JCache 1.1 and a provider.
 *
 * {@snippet file="dev/boundary/cache/TenantJCacheTest.java" region="cache"}
 *
 * <p>A {@code CacheLoader}, {@code CacheWriter} or listener of the cache gets keys with their tenant, and may run in a
 * thread without a scope.
 *
 * <p>Safe for use by several threads. Exceptions of the provider are passed on.
 *
 * @param <K> the type of the keys; serializable if the cache stores by value
 * @param <V> the type of the values
 * @since 0.1
 */
public final class TenantJCache<K, V> {

    private final Cache<TenantCacheKey<K>, V> cache;

    /**
     * Wraps a cache.
     *
     * @param cache the cache, which no other code writes to
     */
    @SuppressWarnings("exports") // transitive, every module above would need JCache
    public TenantJCache(Cache<TenantCacheKey<K>, V> cache) {
        this.cache = Objects.requireNonNull(cache, "cache");
    }

    /**
     * Reads an entry.
     *
     * @param key its key
     * @return its value, or empty if the tenant has none
     */
    public Optional<V> find(K key) {
        return Optional.ofNullable(cache.get(TenantCacheKey.of(key)));
    }

    /**
     * Reads several entries.
     *
     * @param keys their keys
     * @return the values of those that the tenant has
     */
    public Map<K, V> findAll(Collection<? extends K> keys) {
        Map<K, V> result = new HashMap<>();
        cache.getAll(own(keys)).forEach((key, value) -> result.put(key.key(), value));
        return result;
    }

    /**
     * Whether the tenant has an entry. It is not loaded, if it could be.
     *
     * @param key its key
     * @return whether it is there
     */
    public boolean contains(K key) {
        return cache.containsKey(TenantCacheKey.of(key));
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
     * Writes an entry if the tenant has none of that key, in one step.
     *
     * @param key its key
     * @param value its value
     * @return whether it was written
     */
    public boolean putIfAbsent(K key, V value) {
        return cache.putIfAbsent(TenantCacheKey.of(key), value);
    }

    /**
     * Writes several entries.
     *
     * @param entries the values by their keys
     */
    public void putAll(Map<? extends K, ? extends V> entries) {
        TenantKey tenant = TenantContext.requireTenant();
        Map<TenantCacheKey<K>, V> own = new HashMap<>();
        entries.forEach((key, value) -> own.put(TenantCacheKey.of(tenant, key), value));
        cache.putAll(own);
    }

    /**
     * Changes an entry if it has a certain value, in one step.
     *
     * @param key its key
     * @param expected the value that it must have
     * @param value its new value
     * @return whether it was changed
     */
    public boolean replace(K key, V expected, V value) {
        return cache.replace(TenantCacheKey.of(key), expected, value);
    }

    /**
     * Removes an entry, if the tenant has it.
     *
     * @param key its key
     * @return whether it had it
     */
    public boolean remove(K key) {
        return cache.remove(TenantCacheKey.of(key));
    }

    /**
     * Removes several entries.
     *
     * @param keys their keys
     */
    public void removeAll(Collection<? extends K> keys) {
        cache.removeAll(own(keys));
    }

    /**
     * Removes all entries of the tenant, and none of any other. Looks at every entry of the cache; one that is written
     * at the same time may stay.
     */
    public void clear() {
        TenantKey tenant = TenantContext.requireTenant();
        Set<TenantCacheKey<K>> own = new HashSet<>();
        for (Cache.Entry<TenantCacheKey<K>, V> entry : cache) {
            if (entry.getKey().belongsTo(tenant)) {
                own.add(entry.getKey());
            }
        }
        cache.removeAll(own);
    }

    /**
     * Reads and changes an entry in one step. The processor sees the key without the tenant, and this entry only. Where
     * it runs is the provider's matter: in this thread and scope in caches of one process, without a scope elsewhere,
     * where it must be serializable too.
     *
     * @param key the key of the entry, which need not be there
     * @param processor what is done
     * @param arguments what it is given
     * @param <T> the type of its result
     * @return its result, or null if it has none
     * @throws EntryProcessorException around what the processor throws
     */
    @SuppressWarnings("exports") // as above
    public <T extends @Nullable Object> T invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
        return cache.invoke(TenantCacheKey.of(key), new TenantEntryProcessor<>(processor), arguments);
    }

    private Set<TenantCacheKey<K>> own(Collection<? extends K> keys) {
        TenantKey tenant = TenantContext.requireTenant();
        Set<TenantCacheKey<K>> own = new HashSet<>();
        keys.forEach(key -> own.add(TenantCacheKey.of(tenant, key)));
        return own;
    }
}
