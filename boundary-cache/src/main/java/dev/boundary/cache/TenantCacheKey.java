package dev.boundary.cache;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;

/**
 * A key of a cache together with the tenant whose entry it is: two tenants with the same key have two entries. Can be
 * serialized if the key can, for caches that are shared by several processes.
 *
 * @param type the type of the tenant's key
 * @param tenant the tenant's key as text
 * @param key the key that the code uses; with {@code equals} and {@code hashCode} of its own
 * @param <K> its type
 * @since 0.1
 */
public record TenantCacheKey<K>(TenantKeyType type, String tenant, K key) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Checks that nothing is missing. */
    public TenantCacheKey {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(key, "key");
    }

    /**
     * A key of the tenant of the open scope.
     *
     * @param key the key that the code uses
     * @param <K> its type
     * @return the key with the tenant
     * @throws dev.boundary.core.TenantNotSetException if no scope is open, or an unscoped one
     */
    public static <K> TenantCacheKey<K> of(K key) {
        return of(TenantContext.requireTenant(), key);
    }

    static <K> TenantCacheKey<K> of(TenantKey tenant, K key) {
        return new TenantCacheKey<>(tenant.type(), tenant.asText(), key);
    }

    boolean belongsTo(TenantKey other) {
        return type == other.type() && tenant.equals(other.asText());
    }
}
