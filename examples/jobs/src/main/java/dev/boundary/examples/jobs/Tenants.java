package dev.boundary.examples.jobs;

import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistry;
import dev.boundary.core.registry.TenantState;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tenants of the example, in memory. A service has them in a table: {@code JdbcTenantRegistry}. */
final class Tenants implements TenantRegistry {

    private final Map<TenantKey, Tenant> tenants = new ConcurrentHashMap<>();

    TenantKey add(long key, String slug) {
        Tenant tenant = new Tenant(TenantKey.of(key), new Slug(slug), slug);
        tenants.put(tenant.key(), tenant);
        return tenant.key();
    }

    void change(TenantKey key, TenantState state) {
        tenants.computeIfPresent(key, (same, tenant) -> tenant.in(state));
    }

    @Override
    public Optional<Tenant> find(TenantKey key) {
        return Optional.ofNullable(tenants.get(key));
    }

    @Override
    public Optional<Tenant> findBySlug(Slug slug) {
        return tenants.values().stream()
                .filter(tenant -> tenant.slug().equals(slug))
                .findAny();
    }
}
