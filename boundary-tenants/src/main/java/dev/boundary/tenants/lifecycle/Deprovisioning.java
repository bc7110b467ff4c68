package dev.boundary.tenants.lifecycle;

import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistryException;
import dev.boundary.core.registry.TenantStateException;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.RowProgress;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.erasure.TenantErasure;
import dev.boundary.tenants.lifecycle.DeprovisioningSettings.Export;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Removes a tenant's rows and proves that none is left:
 *
 * <ol>
 *   <li>the tenant becomes DELETING;
 *   <li>its rows are exported to a new folder, as the application role in its scope, and counted by the admin role; the
 *       archive is read again and verified, and compared with the rows once more;
 *   <li>the registry records where the archive is, what it hashes to, and that rows may be gone from now on: from here
 *       on the tenant cannot be restored;
 *   <li>its rows are deleted in batches, as the application role in its scope;
 *   <li>both roles look for rows in every table; a row that is left is an error;
 *   <li>the tenant becomes DELETED and loses its domains. Its key and its slug stay taken.
 * </ol>
 *
 * <p>If it is interrupted, run it again: it continues where it was, and never makes a new archive of rows of which some
 * are gone. Of two runs for one tenant at once, one is refused.
 *
 * <p>Keep in mind what is not in the protected tables: files, other databases, backups, message queues. A hook on
 * {@code DEPROVISIONED} is the place for those.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Deprovisioning {

    private static final RowCounts NO_ROWS = new RowCounts(Map.of());

    private final StateChanges changes;
    private final TenantKey key;
    private final DeprovisioningSettings settings;

    Deprovisioning(StateChanges changes, TenantKey key, DeprovisioningSettings settings) {
        this.changes = changes;
        this.key = key;
        this.settings = settings;
    }

    /**
     * Confirms which tenant it is. Let a person type it.
     *
     * @param slug the slug of the tenant
     * @return a deprovisioning with that confirmation
     */
    public Deprovisioning withConfirmation(String slug) {
        return new Deprovisioning(changes, key, settings.withConfirmation(Objects.requireNonNull(slug, "slug")));
    }

    /**
     * Exports the rows before they are erased.
     *
     * @param folder where archives are kept; a new folder is created in it
     * @return a deprovisioning with an export
     */
    public Deprovisioning withExport(Path folder) {
        Path absolute = Objects.requireNonNull(folder, "folder").toAbsolutePath();
        return new Deprovisioning(changes, key, settings.withExport(new Export.To(absolute)));
    }

    /**
     * Does not export the rows: when they are erased, they are lost. A run that continues an earlier one ignores the
     * archive that was made then.
     *
     * @return a deprovisioning without an export
     */
    public Deprovisioning withoutExport() {
        return new Deprovisioning(changes, key, settings.withExport(new Export.None()));
    }

    /**
     * Erases this many rows in one transaction. Default: 5,000.
     *
     * @param rows 1 to 100,000
     * @return a deprovisioning in such batches
     * @throws IllegalArgumentException if the number is out of range
     */
    public Deprovisioning withBatchSize(int rows) {
        TenantErasure.of(settings.application()).withBatchSize(rows); // checks the range
        return new Deprovisioning(changes, key, settings.withBatchSize(rows));
    }

    /**
     * Reports progress of the export, the verification and the erasure. Default: to no one.
     *
     * @param listener receives progress
     * @return a deprovisioning that reports to the listener
     */
    public Deprovisioning withProgress(RowProgress.Listener listener) {
        return new Deprovisioning(changes, key, settings.withProgress(Objects.requireNonNull(listener, "listener")));
    }

    /**
     * Makes the checks and counts the rows. Runs no hook, writes no archive, changes nothing, and needs no
     * confirmation.
     *
     * @return what {@link #run} would do
     * @throws TenantStateException if the tenant is in a state in which it cannot be deprovisioned
     * @throws TenantRegistryException if there is no such tenant, or the registry cannot be read
     * @throws TenantDataException if the rows could not be erased
     * @throws SQLException if the database with the rows fails
     */
    public Plan plan() throws SQLException {
        DeprovisioningState state = changes.transactions()
                .dryRun()
                .run(
                        "Planning to deprovision tenant " + key,
                        transaction -> DeprovisioningState.read(transaction, key));
        if (state.isDone()) {
            return new Plan(state.tenant(), NO_ROWS, state.archive(), false, true);
        }
        return plan(state);
    }

    private Plan plan(DeprovisioningState state) throws SQLException {
        LifecycleOperation.DEPROVISION.requireStateOf(state.tenant());
        boolean resumes = state.erasure().isPresent();
        RowCounts rows = settings.erasure().dryRun(state.tenant().scope());
        return new Plan(state.tenant(), rows, resumes ? state.archive() : settings.archives(), resumes, false);
    }

    /**
     * Deprovisions the tenant, or continues what an earlier run has begun.
     *
     * @param change who does it and why
     * @return the outcome
     * @throws IllegalStateException if neither {@link #withExport} nor {@link #withoutExport} was called, or the
     *     lifecycle is a dry run: use {@link #plan}
     * @throws IllegalArgumentException if the confirmation is missing or not the tenant's slug; nothing was done
     * @throws TenantStateException if the tenant is in a state in which it cannot be deprovisioned; nothing was done
     * @throws TenantHookException if a hook threw; what was done before it stays done, and a later run continues from
     *     there
     * @throws TenantRegistryException if there is no such tenant, another run is deprovisioning it, or the registry
     *     cannot be read or written
     * @throws TenantDataException if the rows cannot be exported or erased as they should, or some are left. The tenant
     *     stays DELETING
     * @throws SQLException if the database with the rows fails. The tenant stays DELETING
     * @throws IOException if the archive cannot be written or read. The tenant stays DELETING
     */
    public Deprovisioned run(Change change) throws SQLException, IOException {
        requireRunnable();
        try (TenantLock lock = TenantLock.acquire(changes.transactions(), key)) {
            DeprovisioningState state =
                    lock.run("Looking up tenant " + key, transaction -> DeprovisioningState.read(transaction, key));
            requireConfirmation(state.tenant());
            if (state.isDone()) {
                return new Deprovisioned(state.tenant(), state.archive(), NO_ROWS, NO_ROWS, true);
            }
            LifecycleOperation.DEPROVISION.requireStateOf(state.tenant());
            return new DeprovisioningRun(changes, lock, change, settings).from(state);
        }
    }

    private void requireRunnable() {
        if (changes.transactions().isDryRun()) {
            throw new IllegalStateException("This lifecycle is a dry run. Call plan() to find out what would be done.");
        }
        if (settings.export() instanceof Export.Undecided) {
            throw new IllegalStateException("Specify where to export the rows of tenant " + key
                    + " (withExport), or that they are to be lost (withoutExport).");
        }
    }

    private void requireConfirmation(Tenant tenant) {
        String slug = tenant.slug().value();
        if (settings.confirmation().filter(slug::equals).isEmpty()) {
            throw new IllegalArgumentException("Deprovisioning erases every row of tenant " + tenant.slug() + " (" + key
                    + "). Confirm it by its slug (withConfirmation); given was "
                    + settings.confirmation().map(given -> "\"" + given + "\".").orElse("nothing."));
        }
    }

    /**
     * What a deprovisioning would do. Immutable.
     *
     * @param tenant the tenant as it is now
     * @param rows the rows that would be erased
     * @param archive the folder in which the archive would be created, or, if an earlier run has made it, the archive;
     *     empty if there would be none
     * @param resumes true if an earlier run has begun to erase rows, and this one would continue
     * @param alreadyDone true if the tenant has been deprovisioned, and nothing would be done
     * @since 0.1
     */
    public record Plan(Tenant tenant, RowCounts rows, Optional<Path> archive, boolean resumes, boolean alreadyDone) {

        /** Checks that nothing is missing. */
        public Plan {
            Objects.requireNonNull(tenant, "tenant");
            Objects.requireNonNull(rows, "rows");
            Objects.requireNonNull(archive, "archive");
        }
    }
}
