package dev.boundary.core.registry;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.TenantKey;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A tenant as the registry knows it. Immutable.
 *
 * @param key the value of the tenant column in its rows
 * @param slug its short name in host names and paths; no two tenants have the same
 * @param name its name for people, not blank
 * @param region where its rows are; empty if there is one database
 * @param state whether it may work
 * @param attributes other properties that the service stores; copied
 * @since 0.1
 */
public record Tenant(
        TenantKey key,
        Slug slug,
        String name,
        Optional<String> region,
        TenantState state,
        Map<String, String> attributes) {

    /** Checks that it has a name, and copies the attributes. */
    public Tenant {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(slug, "slug");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(region, "region");
        if (name.isBlank()) {
            throw new IllegalArgumentException("Tenant " + key + " needs a name that is not blank.");
        }
        attributes = Map.copyOf(attributes);
    }

    /**
     * An active tenant without region and attributes.
     *
     * @param key the value of the tenant column in its rows
     * @param slug its short name
     * @param name its name for people
     */
    public Tenant(TenantKey key, Slug slug, String name) {
        this(key, slug, name, Optional.empty(), TenantState.ACTIVE, Map.of());
    }

    /**
     * The scope of this tenant.
     *
     * @return the scope, with its region, whatever the state of the tenant
     */
    public TenantScope scope() {
        return new TenantScope(key, region);
    }

    /**
     * The same tenant in another state.
     *
     * @param newState the state
     * @return the tenant
     */
    public Tenant in(TenantState newState) {
        return new Tenant(key, slug, name, region, newState, attributes);
    }
}
