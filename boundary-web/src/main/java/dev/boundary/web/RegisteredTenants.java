package dev.boundary.web;

import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistry;
import dev.boundary.web.TenantReference.ByDomain;
import dev.boundary.web.TenantReference.ByKey;
import dev.boundary.web.TenantReference.ByKeyOrSlug;
import dev.boundary.web.TenantReference.BySlug;
import dev.boundary.web.TenantReference.Platform;
import dev.boundary.web.TenantResolutionException.Reason;
import java.util.Optional;

/**
 * Looks up the tenants that requests name.
 *
 * @param registry knows the tenants
 */
record RegisteredTenants(TenantRegistry registry) {

    /** The tenant that a request names. */
    Optional<Tenant> find(TenantReference reference) {
        return switch (reference) {
            case ByKey(var key) -> registry.find(key);
            case ByKeyOrSlug(var key, var slug) -> findUnambiguous(key, slug);
            case BySlug(var slug) -> registry.findBySlug(slug);
            case ByDomain(var domain) -> registry.findByDomain(domain);
            case Platform none -> Optional.empty();
        };
    }

    /** A slug that looks like a key is from before the registry refused it. */
    private Optional<Tenant> findUnambiguous(TenantKey key, Slug slug) {
        Optional<Tenant> withKey = registry.find(key);
        Optional<Tenant> withSlug = registry.findBySlug(slug);
        if (withKey.isPresent() && withSlug.isPresent() && !withSlug.get().key().equals(key)) {
            throw new TenantResolutionException(
                    Reason.MALFORMED,
                    "\"" + slug + "\" is the key of tenant " + withKey.get().slug() + " and the slug of tenant "
                            + withSlug.get().key() + ". Rename the latter, or let the request name one of the two"
                            + " only (ReferenceFormat.key or slug).");
        }
        return withKey;
    }

    /** What the token names is looked up past any cache: whoever has the slug now is meant. */
    Optional<Tenant> findNow(TenantReference reference) {
        return reference instanceof BySlug(var slug) ? registry.findBySlugNow(slug) : find(reference);
    }
}
