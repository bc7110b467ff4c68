package dev.boundary.core;

import java.util.Objects;

/**
 * A scope in which only the rows of one tenant (and the rows that all tenants share) can be seen.
 *
 * @param tenant the key of that tenant
 */
public record TenantScope(TenantKey tenant) implements Scope {

    /** Checks that there is a tenant. */
    public TenantScope {
        Objects.requireNonNull(tenant, "tenant");
    }

    @Override
    public String toString() {
        return "tenant " + tenant;
    }
}
