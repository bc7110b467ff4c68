package dev.boundary.tenants.lifecycle;

import dev.boundary.tenants.RowProgress;
import dev.boundary.tenants.erasure.TenantErasure;
import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What was asked of a deprovisioning. Immutable.
 *
 * @param application connections of the application role
 * @param admin connections of the admin role
 * @param confirmation what was given as the tenant's slug
 * @param export whether the rows are exported, and where
 * @param batchSize how many rows are erased in one transaction
 * @param progress receives progress
 */
record DeprovisioningSettings(
        DataSource application,
        DataSource admin,
        Optional<String> confirmation,
        Export export,
        int batchSize,
        RowProgress.Listener progress) {

    private static final int DEFAULT_BATCH = 5_000;

    /** Whether the rows are exported. */
    sealed interface Export {

        /** Not said yet. */
        record Undecided() implements Export {}

        /** To a new folder in this one. */
        record To(Path folder) implements Export {}

        /** Not at all. */
        record None() implements Export {}
    }

    static DeprovisioningSettings of(DataSource application, DataSource admin) {
        return new DeprovisioningSettings(
                application, admin, Optional.empty(), new Export.Undecided(), DEFAULT_BATCH, RowProgress.Listener.NONE);
    }

    DeprovisioningSettings withConfirmation(String slug) {
        return new DeprovisioningSettings(application, admin, Optional.of(slug), export, batchSize, progress);
    }

    DeprovisioningSettings withExport(Export chosen) {
        return new DeprovisioningSettings(application, admin, confirmation, chosen, batchSize, progress);
    }

    DeprovisioningSettings withBatchSize(int rows) {
        return new DeprovisioningSettings(application, admin, confirmation, export, rows, progress);
    }

    DeprovisioningSettings withProgress(RowProgress.Listener listener) {
        return new DeprovisioningSettings(application, admin, confirmation, export, batchSize, listener);
    }

    /** Where archives are kept; empty if the rows are not exported. */
    Optional<Path> archives() {
        return export instanceof Export.To to ? Optional.of(to.folder()) : Optional.empty();
    }

    TenantErasure erasure() {
        return TenantErasure.of(application)
                .withAdmin(admin)
                .withBatchSize(batchSize)
                .withProgress(progress);
    }
}
