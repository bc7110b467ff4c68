package dev.boundary.registry.internal;

import dev.boundary.core.TenantKey;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The erasure of the rows of a tenant, begun or ended. Its tenant cannot be restored.
 *
 * @param tenant the tenant
 * @param archive where its rows were exported to before; empty if they were not
 * @param archiveSha256 the SHA-256 of the archive's manifest, 64 hexadecimal digits in lower case; empty if there is
 *     none
 * @param begunAt from when on rows may be gone
 * @param endedAt when it was verified that no row is left; empty until then
 */
public record Erasure(
        TenantKey tenant,
        Optional<String> archive,
        Optional<String> archiveSha256,
        Instant begunAt,
        Optional<Instant> endedAt) {

    /** Checks that nothing is missing. */
    public Erasure {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(archive, "archive");
        Objects.requireNonNull(archiveSha256, "archiveSha256");
        Objects.requireNonNull(begunAt, "begunAt");
        Objects.requireNonNull(endedAt, "endedAt");
    }
}
