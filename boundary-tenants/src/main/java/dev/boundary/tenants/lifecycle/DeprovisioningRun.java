package dev.boundary.tenants.lifecycle;

import dev.boundary.core.event.TenantLifecycleEvent;
import dev.boundary.core.event.TenantLifecycleEvent.Step;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.registry.Erasure;
import dev.boundary.registry.ErasureWriter;
import dev.boundary.registry.TenantWriter;
import dev.boundary.tenants.Progress;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.archive.Manifest;
import dev.boundary.tenants.archive.TenantArchive;
import dev.boundary.tenants.archive.TenantExport;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of one run, under the tenant's lock. */
final class DeprovisioningRun {

    private static final Logger LOG = LoggerFactory.getLogger(DeprovisioningRun.class);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final TenantLifecycle lifecycle;
    private final TenantLock lock;
    private final Change change;
    private final Deprovisioning settings;

    DeprovisioningRun(TenantLifecycle lifecycle, TenantLock lock, Change change, Deprovisioning settings) {
        this.lifecycle = lifecycle;
        this.lock = lock;
        this.change = change;
        this.settings = settings;
    }

    Deprovisioned from(Deprovisioning.Found found) throws SQLException, IOException {
        Tenant tenant = found.tenant().state() == TenantState.DELETING ? found.tenant() : shutOut(found.tenant());
        if (found.erasure().isPresent()) {
            return erase(
                    tenant,
                    found.archive(),
                    requireArchive(tenant, found.erasure().get()));
        }
        Optional<Exported> exported = export(tenant);
        begin(tenant, exported);
        return erase(tenant, exported.map(Exported::folder), exported);
    }

    private Deprovisioned erase(Tenant tenant, Optional<Path> archive, Optional<Exported> exported)
            throws SQLException {
        RowCounts erased = settings.erasure().erase(tenant.scope());
        RowCounts writtenAfterExport = exported.map(
                        verified -> beyond(erased, verified.manifest().rows()))
                .orElse(Deprovisioning.none());
        return finished(tenant, archive, erased, writtenAfterExport);
    }

    private Tenant shutOut(Tenant tenant) {
        Tenant deleting = lock.run(
                "Deprovisioning tenant " + tenant.key(),
                transaction ->
                        lifecycle.change(Operation.DEPROVISION, tenant, TenantState.DELETING, change, transaction));
        publish(Step.DEPROVISIONING, deleting);
        return deleting;
    }

    private record Exported(Path folder, Manifest manifest, String sha256) {}

    private Optional<Exported> export(Tenant tenant) throws SQLException, IOException {
        Optional<Path> archives = settings.archives();
        if (archives.isEmpty()) {
            return Optional.empty();
        }
        Files.createDirectories(archives.get());
        Path folder = archives.get().resolve(tenant.slug() + "-" + TIME.format(Instant.now()));
        TenantExport.from(settings.application())
                .countedBy(settings.admin())
                .onProgress(settings.progress())
                .export(tenant, folder);
        Exported exported = verified(folder);
        requireNothingNew(tenant, exported);
        requireNothingChanged(tenant, exported, archives.get());
        return Optional.of(exported);
    }

    private Exported verified(Path folder) throws IOException {
        TenantArchive archive = TenantArchive.open(folder);
        archive.verify(settings.progress());
        return new Exported(folder, archive.manifest(), sha256(folder));
    }

    /** What is written after the snapshot of the export would be erased and be in no archive. */
    private void requireNothingNew(Tenant tenant, Exported exported) throws SQLException {
        RowCounts now = settings.erasure().dryRun(tenant.scope());
        RowCounts then = exported.manifest().rows();
        if (!now.nonEmpty().equals(then.nonEmpty())) {
            throw new TenantDataException("Tenant " + tenant.slug() + " had " + then.nonEmpty()
                    + " rows when it was exported to " + exported.folder() + ", and has " + now.nonEmpty()
                    + " now: somebody works in it. Nothing was erased. Stop that, and run it again.");
        }
    }

    /** Rows that were changed are as many as before. The same rows make the same files, so a second export tells. */
    private void requireNothingChanged(Tenant tenant, Exported exported, Path archives)
            throws SQLException, IOException {
        Path again = Files.createTempDirectory(archives, tenant.slug() + "-again-");
        try {
            Manifest now = TenantExport.from(settings.application())
                    .onProgress(progress -> settings.progress()
                            .onProgress(new Progress("compare", progress.table(), progress.rows(), progress.of())))
                    .export(tenant, again);
            List<String> changed = new ArrayList<>();
            for (Manifest.TableFile table : exported.manifest().tables()) {
                if (!now.tables().contains(table)) {
                    changed.add(table.qualifiedName());
                }
            }
            if (!changed.isEmpty()) {
                throw new TenantDataException("Rows of tenant " + tenant.slug() + " in " + changed
                        + " were changed after they were exported to " + exported.folder()
                        + ": somebody works in it. Nothing was erased. Stop that, and run it again.");
            }
        } finally {
            delete(again);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private void begin(Tenant tenant, Optional<Exported> exported) {
        lock.run("Beginning to erase tenant " + tenant.key(), transaction -> {
            ErasureWriter.on(transaction)
                    .begin(
                            tenant.key(),
                            exported.map(archive -> archive.folder().toString()),
                            exported.map(Exported::sha256),
                            change);
            return tenant;
        });
        if (exported.isPresent()) {
            publish(Step.EXPORTED, tenant);
        }
    }

    /** Rows may be gone already: then the archive is all there is of them. */
    private Optional<Exported> requireArchive(Tenant tenant, Erasure erasure) throws IOException {
        if (settings.archives().isEmpty()) {
            return Optional.empty();
        }
        String archive = erasure.archive().orElse(null);
        if (archive == null) {
            throw new TenantDataException("The rows of tenant " + tenant.slug() + " are being erased since "
                    + erasure.begunAt() + " without having been exported, so they cannot be exported any more. Run it"
                    + " with withoutExport to erase the rest.");
        }
        try {
            Exported exported = verified(Path.of(archive));
            if (erasure.archiveSha256().filter(exported.sha256()::equals).isEmpty()) {
                throw changed(tenant, archive, null);
            }
            return Optional.of(exported);
        } catch (TenantDataException | IOException e) {
            throw changed(tenant, archive, e);
        }
    }

    private static TenantDataException changed(Tenant tenant, String archive, @Nullable Exception cause) {
        return new TenantDataException(
                "The rows of tenant " + tenant.slug() + " are being erased, and their archive " + archive
                        + " is not there as it was" + (cause == null ? "" : ": " + cause.getMessage())
                        + ". Nothing more was erased. Bring the archive back, or run it with withoutExport to erase the"
                        + " rest nevertheless.",
                cause);
    }

    private Deprovisioned finished(
            Tenant tenant, Optional<Path> archive, RowCounts erased, RowCounts writtenAfterExport) throws SQLException {
        settings.erasure().scan(tenant.scope()).requireClean();
        if (writtenAfterExport.total() > 0) {
            LOG.error(
                    "Rows of tenant {} were written after its export and are gone: {}",
                    tenant.slug(),
                    writtenAfterExport);
        }
        Tenant deleted =
                lock.run("Finishing to deprovision tenant " + tenant.key(), transaction -> end(tenant, transaction));
        publish(Step.DEPROVISIONED, deleted);
        return new Deprovisioned(deleted, archive, erased, writtenAfterExport, false);
    }

    private Tenant end(Tenant tenant, Connection transaction) throws SQLException {
        lifecycle.transactions().before(Step.DEPROVISIONED, tenant, transaction);
        ErasureWriter.on(transaction).end(tenant.key(), change);
        TenantWriter writer = TenantWriter.on(transaction);
        for (String domain : writer.domains(tenant.key())) {
            writer.removeDomain(tenant.key(), domain, change);
        }
        Tenant deleted =
                writer.changeState(tenant.key(), EnumSet.of(TenantState.DELETING), TenantState.DELETED, change);
        lifecycle.transactions().after(Step.DEPROVISIONED, deleted, transaction);
        return deleted;
    }

    /** More rows deleted from a table than the archive has of it. */
    private static RowCounts beyond(RowCounts erased, RowCounts exported) {
        Map<String, Long> more = new TreeMap<>();
        erased.byTable().forEach((table, rows) -> {
            long beyond = rows - exported.byTable().getOrDefault(table, 0L);
            if (beyond > 0) {
                more.put(table, beyond);
            }
        });
        return new RowCounts(more);
    }

    private void publish(Step step, Tenant tenant) {
        lifecycle.events().publish(new TenantLifecycleEvent(step, tenant, change));
    }

    private static String sha256(Path folder) throws IOException {
        try {
            byte[] manifest = Files.readAllBytes(folder.resolve("manifest.json"));
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(manifest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
