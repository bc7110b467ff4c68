package dev.boundary.tenants.lifecycle;

import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.registry.internal.Erasure;
import dev.boundary.registry.internal.ErasureWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Optional;

/** How far the deprovisioning of a tenant has come, by the registry. */
record DeprovisioningState(Tenant tenant, Optional<Erasure> erasure) {

    static DeprovisioningState read(Connection transaction, TenantKey key) {
        return new DeprovisioningState(
                StateChanges.existing(transaction, key),
                ErasureWriter.on(transaction).find(key));
    }

    boolean isDone() {
        return tenant.state() == TenantState.DELETED
                && erasure.flatMap(Erasure::endedAt).isPresent();
    }

    Optional<Path> archive() {
        return erasure.flatMap(Erasure::archive).map(Path::of);
    }
}
