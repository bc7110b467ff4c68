package dev.boundary.web;

import dev.boundary.core.registry.Tenant;

/** For whom an admitted request runs. */
public sealed interface Resolved {

    /**
     * For a tenant.
     *
     * @param tenant the tenant, which is active
     */
    record ForTenant(Tenant tenant) implements Resolved {}

    /** For the platform itself. No scope is opened: what it needs of all tenants it does in an unscoped scope. */
    enum ForPlatform implements Resolved {
        /** The one value. */
        PLATFORM
    }
}
