package dev.boundary.tenants.lifecycle;

import dev.boundary.core.registry.Tenant;
import dev.boundary.registry.internal.Erasure;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.RowProgress;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.archive.Manifest;
import dev.boundary.tenants.archive.TenantExport;
import dev.boundary.tenants.internal.files.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The archive of a tenant that is deprovisioned: exports and verifies it, or checks that of an earlier run. */
final class DeprovisioningExport {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Tenant tenant;
    private final DeprovisioningSettings settings;

    DeprovisioningExport(Tenant tenant, DeprovisioningSettings settings) {
        this.tenant = tenant;
        this.settings = settings;
    }

    /** Empty if the rows are not to be exported. */
    Optional<VerifiedArchive> export() throws SQLException, IOException {
        Optional<Path> archives = settings.archives();
        return archives.isEmpty() ? Optional.empty() : Optional.of(export(archives.get()));
    }

    private VerifiedArchive export(Path archives) throws SQLException, IOException {
        Files.createDirectories(archives);
        Path folder = archives.resolve(tenant.slug() + "-" + TIME.format(Instant.now()));
        TenantExport.of(settings.application())
                .withAdmin(settings.admin())
                .withProgress(settings.progress())
                .export(tenant, folder);
        VerifiedArchive archive = VerifiedArchive.of(folder, settings.progress());
        requireNothingNew(archive);
        requireNothingChanged(archive, archives);
        return archive;
    }

    /** What is written after the snapshot of the export would be erased and be in no archive. */
    private void requireNothingNew(VerifiedArchive archive) throws SQLException {
        RowCounts now = settings.erasure().dryRun(tenant.scope());
        RowCounts then = archive.manifest().rows();
        if (!now.nonEmpty().equals(then.nonEmpty())) {
            throw new TenantDataException("Tenant " + tenant.slug() + " had " + then.nonEmpty()
                    + " rows when it was exported to " + archive.folder() + ", and has " + now.nonEmpty()
                    + " now: someone still works in it. Nothing was erased. Stop that, and run it again.");
        }
    }

    /** Changed rows are as many as before. The same rows make the same files, so a second export shows changes. */
    private void requireNothingChanged(VerifiedArchive archive, Path archives) throws SQLException, IOException {
        try (TemporaryFolder folder = TemporaryFolder.in(archives, tenant.slug() + "-again-")) {
            Manifest now = TenantExport.of(settings.application())
                    .withProgress(this::compared)
                    .export(tenant, folder.path());
            requireSameFiles(archive, now);
        }
    }

    private void requireSameFiles(VerifiedArchive archive, Manifest now) {
        List<String> changed = archive.manifest().tables().stream()
                .filter(table -> !now.tables().contains(table))
                .map(Manifest.TableFile::qualifiedName)
                .toList();
        if (!changed.isEmpty()) {
            throw new TenantDataException("Rows of tenant " + tenant.slug() + " in " + changed
                    + " were changed after they were exported to " + archive.folder()
                    + ": someone still works in it. Nothing was erased. Stop that, and run it again.");
        }
    }

    private void compared(RowProgress progress) {
        settings.progress().onProgress(new RowProgress("compare", progress.table(), progress.rows(), progress.of()));
    }

    /** Rows may be gone already: then the archive is their only copy. */
    Optional<VerifiedArchive> requireUnchanged(Erasure erasure) {
        if (settings.archives().isEmpty()) {
            return Optional.empty();
        }
        String archive = erasure.archive().orElseThrow(() -> notExported(erasure));
        VerifiedArchive verified = verified(archive);
        if (erasure.archiveSha256().filter(verified.sha256()::equals).isEmpty()) {
            throw changed(archive, null);
        }
        return Optional.of(verified);
    }

    private VerifiedArchive verified(String archive) {
        try {
            return VerifiedArchive.of(Path.of(archive), settings.progress());
        } catch (TenantDataException | IOException e) {
            throw changed(archive, e);
        }
    }

    private TenantDataException notExported(Erasure erasure) {
        return new TenantDataException("The rows of tenant " + tenant.slug() + " are being erased since "
                + erasure.begunAt() + " without having been exported, so they cannot be exported any more. Run it"
                + " with withoutExport to erase the rest.");
    }

    private TenantDataException changed(String archive, @Nullable Exception cause) {
        return new TenantDataException(
                "The rows of tenant " + tenant.slug() + " are being erased, and their archive " + archive
                        + " is missing or was changed" + (cause == null ? "" : ": " + cause.getMessage())
                        + ". Nothing more was erased. Restore the archive, or run it with withoutExport to erase the"
                        + " rest without it.",
                cause);
    }
}
