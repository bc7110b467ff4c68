package dev.boundary.core.registry;

import dev.boundary.core.TenantKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A registry of tenants that a test lists. */
public record FixedRegistry(List<Tenant> tenants, Map<String, Slug> domains) implements TenantRegistry {

    @Override
    public Optional<Tenant> find(TenantKey key) {
        return tenants.stream().filter(tenant -> tenant.key().equals(key)).findFirst();
    }

    @Override
    public Optional<Tenant> findBySlug(Slug slug) {
        return tenants.stream().filter(tenant -> tenant.slug().equals(slug)).findFirst();
    }

    @Override
    public Optional<Tenant> findByDomain(String domain) {
        return Optional.ofNullable(domains.get(domain)).flatMap(this::findBySlug);
    }
}
