package dev.boundary.tenants.lifecycle;

import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistryException;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.registry.TenantStateException;
import dev.boundary.registry.Erasure;
import dev.boundary.registry.ErasureWriter;
import dev.boundary.registry.TenantWriter;
import dev.boundary.tenants.Progress;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.erasure.TenantErasure;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Removes a tenant's rows and proves that none is left:
 *
 * <ol>
 *   <li>the tenant becomes DELETING;
 *   <li>its rows are exported to a new folder, as the application role in its scope and compared with what the admin role counts;
 *       the archive is read again and verified, and the rows are compared with it once more;
 *   <li>the registry writes down where the archive is and what it hashes to, and that rows may be gone from now on: from here
 *       on the tenant does not come back;
 *   <li>its rows are deleted in batches, as the application role in its scope;
 *   <li>both roles look for rows in every table; one that is left is an error;
 *   <li>the tenant becomes DELETED and loses its domains. Its key and its slug stay taken.
 * </ol>
 *
 * <p>If it is interrupted, run it again: it goes on where it was, and never makes a new archive of rows of which some are
 * gone. Of two runs for one tenant at once, one is refused.
 *
 * <p>Keep in mind what is not in the protected tables: files, other databases, backups, message queues. A hook on
 * {@code DEPROVISIONED} is the place for those.
 *
 * <p>Not for use by several threads.
 */
public final class Deprovisioning {

    private final TenantLifecycle lifecycle;
    private final TenantKey key;
    private final DataSource application;
    private final DataSource admin;
    private @Nullable String confirmation;
    private @Nullable Path archives;
    private boolean withoutExport;
    private int batchSize = 5_000;
    private Progress.Listener progress = Progress.Listener.NONE;

    Deprovisioning(TenantLifecycle lifecycle, TenantKey key, DataSource application, DataSource admin) {
        this.lifecycle = lifecycle;
        this.key = key;
        this.application = application;
        this.admin = admin;
    }

    /**
     * Confirms which tenant it is. Let a person type it.
     *
     * @param slug the slug of the tenant
     * @return this
     */
    public Deprovisioning confirmedBy(String slug) {
        this.confirmation = Objects.requireNonNull(slug, "slug");
        return this;
    }

    /**
     * Exports the rows before they are erased.
     *
     * @param folder where archives are kept; a new folder is made in it
     * @return this
     */
    public Deprovisioning exportTo(Path folder) {
        this.archives = Objects.requireNonNull(folder, "folder").toAbsolutePath();
        this.withoutExport = false;
        return this;
    }

    /**
     * Does not export the rows: when they are erased, they are lost. In a run that goes on from an earlier one, the archive
     * that was made then is not looked at.
     *
     * @return this
     */
    public Deprovisioning withoutExport() {
        this.withoutExport = true;
        this.archives = null;
        return this;
    }

    /**
     * How many rows are erased in one transaction. Default: 5,000.
     *
     * @param rows 1 to 100,000
     * @return this
     * @throws IllegalArgumentException if the number is another
     */
    public Deprovisioning batchSize(int rows) {
        TenantErasure.by(application).batchSize(rows);
        this.batchSize = rows;
        return this;
    }

    /**
     * Tells how far the export, the verification and the erasure are.
     *
     * @param listener who hears
     * @return this
     */
    public Deprovisioning onProgress(Progress.Listener listener) {
        this.progress = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Makes the checks and counts the rows. Runs no hook, writes no archive, changes nothing; a confirmation is not needed.
     *
     * @return what {@link #run} would do
     * @throws TenantStateException if the tenant is not in a state for it
     * @throws TenantRegistryException if there is no such tenant, or the registry cannot be asked
     * @throws TenantDataException if the rows could not be erased
     * @throws SQLException if the database with the rows fails
     */
    public DeprovisionPlan plan() throws SQLException {
        Found found = lifecycle.transactions().dry().run("Planning to deprovision tenant " + key, this::find);
        if (found.done()) {
            return new DeprovisionPlan(found.tenant(), none(), found.archive(), false, true);
        }
        requireState(found);
        return new DeprovisionPlan(
                found.tenant(),
                erasure().dryRun(found.tenant().scope()),
                found.erasure().isPresent() ? found.archive() : Optional.ofNullable(archives),
                found.erasure().isPresent(),
                false);
    }

    /**
     * Does it, or goes on with what an earlier run has begun.
     *
     * @param change who does it and why
     * @return what became of it
     * @throws IllegalStateException if it was not said whether to export, or the lifecycle is for trying: use {@link #plan}
     * @throws IllegalArgumentException if the confirmation is missing or not the tenant's slug; nothing was done
     * @throws TenantStateException if the tenant is not in a state for it, or is being deprovisioned by somebody else; nothing was
     *     done
     * @throws TenantHookException if a hook threw; what was done before it stays done, and a later run goes on from there
     * @throws TenantRegistryException if there is no such tenant, or the registry cannot be asked or written
     * @throws TenantDataException if the rows cannot be exported or erased as they should, or some are left. The tenant stays
     *     DELETING
     * @throws SQLException if the database with the rows fails. The tenant stays DELETING
     * @throws IOException if the archive cannot be written or read. The tenant stays DELETING
     */
    public Deprovisioned run(Change change) throws SQLException, IOException {
        if (lifecycle.transactions().isDry()) {
            throw new IllegalStateException("This lifecycle is for trying. Use plan() to find out what would be done.");
        }
        if (archives == null && !withoutExport) {
            throw new IllegalStateException("Say where the rows of tenant " + key
                    + " are to be exported to (exportTo), or" + " that they are to be lost (withoutExport).");
        }
        try (TenantLock lock = TenantLock.take(lifecycle.transactions(), key)) {
            Found found = lock.run("Looking up tenant " + key, this::find);
            requireConfirmation(found.tenant());
            if (found.done()) {
                return new Deprovisioned(found.tenant(), found.archive(), none(), none(), true);
            }
            requireState(found);
            return new DeprovisioningRun(lifecycle, lock, change, this).from(found);
        }
    }

    private void requireConfirmation(Tenant tenant) {
        if (confirmation == null || !confirmation.equals(tenant.slug().value())) {
            throw new IllegalArgumentException("Deprovisioning erases every row of tenant " + tenant.slug() + " (" + key
                    + "). Confirm it by its slug; what was given is "
                    + (confirmation == null ? "nothing." : "\"" + confirmation + "\"."));
        }
    }

    private static void requireState(Found found) {
        if (!Operation.DEPROVISION.from().contains(found.tenant().state())) {
            throw new TenantStateException(
                    Operation.DEPROVISION.word(),
                    found.tenant(),
                    Operation.DEPROVISION.from(),
                    Operation.DEPROVISION.remedy());
        }
    }

    /** What the registry says. */
    record Found(Tenant tenant, Optional<Erasure> erasure) {

        boolean done() {
            return tenant.state() == TenantState.DELETED
                    && erasure.flatMap(Erasure::endedAt).isPresent();
        }

        Optional<Path> archive() {
            return erasure.flatMap(Erasure::archive).map(Path::of);
        }
    }

    private Found find(Connection transaction) {
        Tenant tenant = TenantLifecycle.existing(TenantWriter.on(transaction), key);
        return new Found(tenant, ErasureWriter.on(transaction).find(key));
    }

    TenantErasure erasure() {
        return TenantErasure.by(application)
                .checkedBy(admin)
                .batchSize(batchSize)
                .onProgress(progress);
    }

    Optional<Path> archives() {
        return Optional.ofNullable(archives);
    }

    DataSource application() {
        return application;
    }

    DataSource admin() {
        return admin;
    }

    Progress.Listener progress() {
        return progress;
    }

    static RowCounts none() {
        return new RowCounts(Map.of());
    }
}
