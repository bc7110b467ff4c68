package dev.boundary.tenants.lifecycle;

import dev.boundary.core.registry.Tenant;
import java.util.Objects;

/**
 * The outcome of a provisioning. Immutable.
 *
 * @param tenant the tenant as it is in the registry; in a dry run, as it would be
 * @param created false if it existed already and nothing was done
 * @since 0.1
 */
public record Provisioned(Tenant tenant, boolean created) {

    /** Checks that there is a tenant. */
    public Provisioned {
        Objects.requireNonNull(tenant, "tenant");
    }
}
