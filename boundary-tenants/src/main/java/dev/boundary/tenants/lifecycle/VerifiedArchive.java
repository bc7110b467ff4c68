package dev.boundary.tenants.lifecycle;

import dev.boundary.tenants.RowProgress;
import dev.boundary.tenants.archive.Manifest;
import dev.boundary.tenants.archive.TenantArchive;
import dev.boundary.tenants.internal.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An archive that was read again and verified.
 *
 * @param folder where it is
 * @param manifest what is in it
 * @param sha256 the hash of its manifest
 */
record VerifiedArchive(Path folder, Manifest manifest, String sha256) {

    static VerifiedArchive of(Path folder, RowProgress.Listener progress) throws IOException {
        TenantArchive archive = TenantArchive.open(folder);
        archive.verify(progress);
        return new VerifiedArchive(
                folder, archive.manifest(), Sha256.of(Files.readAllBytes(folder.resolve("manifest.json"))));
    }
}
