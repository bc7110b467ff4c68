package dev.boundary.tenants.lifecycle;

import dev.boundary.core.registry.Tenant;
import dev.boundary.tenants.RowCounts;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What a deprovisioning would do.
 *
 * @param tenant the tenant as it is now
 * @param rows the rows that would be erased
 * @param archive the folder in which the archive would be made, or, if an earlier run has made it, the archive; empty if there
 *     would be none
 * @param resumes true if an earlier run has begun to erase rows, and this one would go on with that
 * @param alreadyDone true if the tenant has been deprovisioned, and nothing would be done
 */
public record DeprovisionPlan(
        Tenant tenant, RowCounts rows, Optional<Path> archive, boolean resumes, boolean alreadyDone) {

    /** Checks that nothing is missing. */
    public DeprovisionPlan {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(archive, "archive");
    }
}
