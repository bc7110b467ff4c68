package dev.boundary.tenants.lifecycle;

import dev.boundary.core.registry.Tenant;
import dev.boundary.tenants.RowCounts;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The outcome of a deprovisioning. Immutable.
 *
 * @param tenant the tenant as it is now
 * @param archive where its rows are; empty if they were not exported
 * @param erased the rows that this run deleted; if it continued an earlier run, only the rest
 * @param writtenAfterExport how many more rows this run deleted than the archive has, because they were written between
 *     the export and the erasure; a lower bound, because a run that continues an earlier one no longer finds some of
 *     the archive's rows
 * @param alreadyDone true if the tenant had been deprovisioned before, and nothing was done
 * @since 0.1
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
