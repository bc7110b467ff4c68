package dev.boundary.tenants.archive;

import dev.boundary.core.TenantScope;
import dev.boundary.tenants.Progress;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.TenantDataException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Copies a tenant's rows to another tenant of the same database, with new keys: an export to a folder that is deleted
 * afterwards, and an import with {@link TenantImport#renewingKeys()}.
 *
 * <p>A process that is killed leaves the folder behind, with nothing imported. Delete it: it holds the tenant's rows.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class TenantClone {

    private final DataSource application;
    private final @Nullable Path folder;
    private final Progress.Listener listener;

    private TenantClone(DataSource application, @Nullable Path folder, Progress.Listener listener) {
        this.application = application;
        this.folder = folder;
        this.listener = listener;
    }

    /**
     * A clone by the application role, by way of the folder for temporary files.
     *
     * @param application connections of the application role; see {@link TenantExport} and {@link TenantImport}
     * @return the clone
     */
    public static TenantClone by(DataSource application) {
        return new TenantClone(Objects.requireNonNull(application, "application"), null, Progress.Listener.NONE);
    }

    /**
     * Puts the files elsewhere: there must be room for all the tenant's rows.
     *
     * @param parent a folder that is there; a new one is made in it and deleted
     * @return a clone that does
     */
    public TenantClone through(Path parent) {
        return new TenantClone(application, Objects.requireNonNull(parent, "parent"), listener);
    }

    /**
     * Tells how far it is.
     *
     * @param progressListener who hears
     * @return a clone that does
     */
    public TenantClone onProgress(Progress.Listener progressListener) {
        return new TenantClone(application, folder, Objects.requireNonNull(progressListener, "progressListener"));
    }

    /**
     * Copies the rows.
     *
     * @param from the tenant that has them
     * @param to the tenant that gets them, which must have none
     * @return the rows that were copied
     * @throws TenantDataException if one tenant is both, or for the reasons of {@link TenantExport} and
     *     {@link TenantImport}; nothing is copied then
     * @throws SQLException if the database fails; nothing is copied then
     * @throws IOException if the files cannot be written or read
     */
    public RowCounts copy(TenantScope from, TenantScope to) throws SQLException, IOException {
        if (from.tenant().equals(to.tenant())) {
            throw new TenantDataException("Tenant " + from.tenant() + " cannot be cloned into itself.");
        }
        Path files = folder == null
                ? Files.createTempDirectory("boundary-clone")
                : Files.createTempDirectory(folder, "boundary-clone");
        try {
            TenantExport.from(application).onProgress(listener).export(from, files);
            return TenantImport.by(application)
                    .renewingKeys()
                    .onProgress(listener)
                    .importInto(to, files);
        } finally {
            delete(files);
        }
    }

    private static void delete(Path files) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(files)) {
            for (Path entry : entries) {
                Files.delete(entry);
            }
        }
        Files.delete(files);
    }
}
