package dev.boundary.core;

import java.util.Objects;
import java.util.Optional;

/**
 * A scope in which only the rows of one tenant (and the rows that all tenants share) can be seen.
 *
 * @param tenant the key of that tenant
 * @param region where its rows are, for services with a database for each region; empty if there is one database
 */
public record TenantScope(TenantKey tenant, Optional<String> region) implements Scope {

    /** Checks that there is a tenant, and that a region has a name. */
    public TenantScope {
        Objects.requireNonNull(tenant, "tenant");
        if (region.isPresent() && region.get().isBlank()) {
            throw new IllegalArgumentException("The name of a region must not be blank.");
        }
    }

    /**
     * A scope without a region.
     *
     * @param tenant the key of the tenant
     */
    public TenantScope(TenantKey tenant) {
        this(tenant, Optional.empty());
    }

    @Override
    public String toString() {
        return "tenant " + tenant + region.map(name -> " in region " + name).orElse("");
    }
}
