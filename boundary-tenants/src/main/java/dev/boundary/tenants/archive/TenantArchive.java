package dev.boundary.tenants.archive;

import dev.boundary.tenants.RowProgress;
import dev.boundary.tenants.TenantDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * A finished archive in a folder. Whoever can write to the folder can also write a manifest that fits: hashes detect
 * damage and mix-ups, not forgery. The import limits what a forged archive can do.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class TenantArchive {

    private final Path folder;
    private final Manifest manifest;

    private TenantArchive(Path folder, Manifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /**
     * Opens an archive and compares the files in its folder with those that the manifest names.
     *
     * @param folder the folder that was exported to
     * @return the archive
     * @throws TenantDataException if there is no manifest (the export did not finish), it cannot be read, it is of
     *     another version, or names other files than there are
     * @throws IOException if the folder cannot be read
     */
    public static TenantArchive open(Path folder) throws IOException {
        Manifest manifest = ManifestFile.read(folder);
        ArchiveInspection.find(folder, manifest)
                .requireNone("The folder " + folder + " is not the archive that its manifest describes");
        return new TenantArchive(folder, manifest);
    }

    /**
     * What is in the archive.
     *
     * @return the manifest as it was read
     */
    public Manifest manifest() {
        return manifest;
    }

    /**
     * Where the archive is.
     *
     * @return the folder, as it was given
     */
    public Path folder() {
        return folder;
    }

    /**
     * Reads every file and compares its length, number of rows and SHA-256 with the manifest, and each line with the
     * columns.
     *
     * @throws TenantDataException if something is not what was exported
     * @throws IOException if a file cannot be read
     */
    public void verify() throws IOException {
        verify(RowProgress.Listener.NONE);
    }

    /**
     * Does what {@link #verify()} does, and reports progress.
     *
     * @param listener receives progress
     * @throws TenantDataException if something is not what was exported
     * @throws IOException if a file cannot be read
     */
    public void verify(RowProgress.Listener listener) throws IOException {
        ArchiveReader reader = new ArchiveReader(folder, listener);
        for (Manifest.TableFile table : manifest.tables()) {
            try {
                reader.read("verify", table, new RowParser(table)::parse);
            } catch (SQLException e) {
                throw new IllegalStateException("Verifying an archive uses no database", e);
            }
        }
    }
}
