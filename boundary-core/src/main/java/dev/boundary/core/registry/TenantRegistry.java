package dev.boundary.core.registry;

import dev.boundary.core.TenantKey;
import java.util.Optional;

/**
 * Finds tenants. Implementations may be called by several threads at once, and outside any scope: a tenant must be
 * found before its scope can be opened.
 *
 * <p>A tenant in any state is found; what that state allows is for the caller to decide. An implementation
 * that cannot answer (its database is down, say) throws: empty must mean that there is no such tenant.
 *
 * @since 0.1
 */
public interface TenantRegistry {

    /**
     * Finds a tenant by its key.
     *
     * @param key the key
     * @return the tenant, or empty if there is none
     */
    Optional<Tenant> find(TenantKey key);

    /**
     * Finds a tenant by its slug.
     *
     * @param slug the slug
     * @return the tenant, or empty if there is none
     */
    Optional<Tenant> findBySlug(Slug slug);

    /**
     * Finds the tenant that has a slug now. A slug can change hands; a cache that may not have heard of it asks the
     * registry behind it.
     *
     * @param slug the slug
     * @return the tenant, or empty if there is none
     */
    default Optional<Tenant> findBySlugNow(Slug slug) {
        return findBySlug(slug);
    }

    /**
     * Finds a tenant by a domain of its own.
     *
     * @param domain a host name in lower case, in its ASCII form, without port and without a dot at its end
     * @return the tenant, or empty if none has that domain
     */
    default Optional<Tenant> findByDomain(String domain) {
        return Optional.empty();
    }
}
