package dev.boundary.tenants.archive;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.RowProgress;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.files.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Copies a tenant's rows to another tenant of the same database, with new keys: an export to a folder that is deleted
 * afterwards, and an import {@linkplain TenantImport#withNewKeys() with new keys}.
 *
 * <p>A process that is killed leaves the folder behind, with nothing imported. Delete it: it holds the tenant's rows.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class TenantClone {

    private final DataSource application;
    private final @Nullable Path parent;
    private final RowProgress.Listener listener;

    private TenantClone(DataSource application, @Nullable Path parent, RowProgress.Listener listener) {
        this.application = application;
        this.parent = parent;
        this.listener = listener;
    }

    /**
     * A clone by the application role, through the system's folder for temporary files.
     *
     * @param application connections of the application role; see {@link TenantExport} and {@link TenantImport}
     * @return the clone
     */
    public static TenantClone of(DataSource application) {
        return new TenantClone(Objects.requireNonNull(application, "application"), null, RowProgress.Listener.NONE);
    }

    /**
     * Puts the files elsewhere: there must be room for all the tenant's rows.
     *
     * @param folder an existing folder; a new one is created in it and deleted
     * @return a clone through that folder
     */
    public TenantClone withTemporaryFolder(Path folder) {
        return new TenantClone(application, Objects.requireNonNull(folder, "folder"), listener);
    }

    /**
     * Reports progress of the export and the import. Default: to no one.
     *
     * @param progressListener receives progress
     * @return a clone that reports to the listener
     */
    public TenantClone withProgress(RowProgress.Listener progressListener) {
        return new TenantClone(application, parent, Objects.requireNonNull(progressListener, "progressListener"));
    }

    /**
     * Copies the rows.
     *
     * @param from the tenant that has the rows
     * @param to the tenant that gets them, which must have none
     * @return the rows that were copied
     * @throws TenantDataException if both are the same tenant, or for the reasons of {@link TenantExport} and
     *     {@link TenantImport}; nothing is copied then
     * @throws SQLException if the database fails; nothing is copied then
     * @throws IOException if the files cannot be written or read
     */
    public RowCounts copy(TenantScope from, TenantScope to) throws SQLException, IOException {
        if (from.tenant().equals(to.tenant())) {
            throw new TenantDataException("Tenant " + from.tenant() + " cannot be cloned into itself.");
        }
        try (TemporaryFolder folder = TemporaryFolder.in(parent, "boundary-clone")) {
            TenantExport.of(application).withProgress(listener).export(from, folder.path());
            return TenantImport.of(application)
                    .withNewKeys()
                    .withProgress(listener)
                    .importInto(to, folder.path());
        }
    }
}
