package dev.boundary.cache;

import java.io.Serial;
import java.io.Serializable;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/**
 * A processor that sees the key without the tenant. Can be serialized if the user's can.
 *
 * @param processor the user's
 * @param <K> the type of the keys that the code uses
 * @param <V> the type of the values
 * @param <T> the type of the result
 */
record TenantEntryProcessor<K, V, T extends @Nullable Object>(EntryProcessor<K, V, T> processor)
        implements EntryProcessor<TenantCacheKey<K>, V, T>, Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public T process(MutableEntry<TenantCacheKey<K>, V> entry, Object... arguments) {
        return processor.process(new OwnEntry<>(entry), arguments);
    }

    /** The entry under the key that the code uses. */
    private record OwnEntry<K, V>(MutableEntry<TenantCacheKey<K>, V> entry) implements MutableEntry<K, V> {

        @Override
        public K getKey() {
            return entry.getKey().key();
        }

        @Override
        public V getValue() {
            return entry.getValue();
        }

        @Override
        public boolean exists() {
            return entry.exists();
        }

        @Override
        public void setValue(V value) {
            entry.setValue(value);
        }

        @Override
        public void remove() {
            entry.remove();
        }

        @Override
        public <U> U unwrap(Class<U> type) {
            throw new IllegalArgumentException("The entry of a tenant cannot be unwrapped: the " + type.getName()
                    + " beneath it knows no tenants.");
        }
    }
}
