package dev.boundary.tenants.lifecycle;

import dev.boundary.core.registry.Tenant;
import dev.boundary.tenants.RowCounts;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a deprovisioning.
 *
 * @param tenant the tenant as it is now
 * @param archive where its rows are; empty if they were not exported
 * @param erased the rows that were deleted in this run; in a run that went on from an earlier one only the rest
 * @param writtenAfterExport how many more rows were deleted in this run than the archive has, because somebody wrote them
 *     between the export and the erasure; at least so many, since in a run that goes on from an earlier one some of the
 *     archive's were gone already
 * @param alreadyDone true if the tenant had been deprovisioned before, and nothing was done
 */
public record Deprovisioned(
        Tenant tenant, Optional<Path> archive, RowCounts erased, RowCounts writtenAfterExport, boolean alreadyDone) {

    /** Checks that nothing is missing. */
    public Deprovisioned {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(archive, "archive");
        Objects.requireNonNull(erased, "erased");
        Objects.requireNonNull(writtenAfterExport, "writtenAfterExport");
    }
}
