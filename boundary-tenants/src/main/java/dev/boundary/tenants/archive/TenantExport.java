package dev.boundary.tenants.archive;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Tenant;
import dev.boundary.tenants.RowProgress;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.ScopedTransactions;
import dev.boundary.tenants.internal.tables.TransactionMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tenant's rows to a folder: one file of JSON lines for each protected table, and a {@link Manifest}.
 *
 * <p>All rows are read in one snapshot (one read-only transaction at isolation level REPEATABLE READ) and streamed:
 * memory does not grow with their number. They are read as the application role in the tenant's scope, and selected by
 * tenant as well, so that a fault in the policies cannot put another tenant's rows into the archive. Of a table with
 * shared rows only the tenant's own are written. The archive does not mention tables in schemas that are other tenants'
 * own.
 *
 * <p>Not in an archive: shared rows and tables without tenants, generated columns, large objects (only their oids),
 * sequences, and whatever the service keeps outside of the protected tables.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class TenantExport {

    private final DataSource application;
    private final @Nullable DataSource admin;
    private final RowProgress.Listener listener;

    private TenantExport(DataSource application, @Nullable DataSource admin, RowProgress.Listener listener) {
        this.application = application;
        this.admin = admin;
        this.listener = listener;
    }

    /**
     * An export as the application role.
     *
     * @param application connections of PostgreSQL's own driver, pooled or not, of the application role
     * @return the export
     */
    public static TenantExport of(DataSource application) {
        return new TenantExport(Objects.requireNonNull(application, "application"), null, RowProgress.Listener.NONE);
    }

    /**
     * Compares the number of rows with what the admin role sees in the same snapshot. Without it, rows that a policy of
     * the service's own hides from the application role (soft-deleted ones, say) are missing from the archive.
     *
     * @param adminDataSource connections of the admin role
     * @return an export with that check
     */
    public TenantExport withAdmin(DataSource adminDataSource) {
        return new TenantExport(application, Objects.requireNonNull(adminDataSource, "adminDataSource"), listener);
    }

    /**
     * Reports progress. Default: to no one.
     *
     * @param progressListener receives progress
     * @return an export that reports to the listener
     */
    public TenantExport withProgress(RowProgress.Listener progressListener) {
        return new TenantExport(application, admin, Objects.requireNonNull(progressListener, "progressListener"));
    }

    /**
     * Exports a tenant, with what the registry holds about it.
     *
     * @param tenant the tenant, in whatever state
     * @param folder where to; a new folder or an empty one
     * @return what is in the archive
     * @throws TenantDataException if the folder is not empty, the role does not see exactly the tenant's rows, or rows
     *     are missing; nothing is left in the folder
     * @throws SQLException if the database fails; nothing is left in the folder
     * @throws IOException if the folder cannot be written
     */
    public Manifest export(Tenant tenant, Path folder) throws SQLException, IOException {
        Manifest.Owner owner = new Manifest.Owner(
                tenant.key().asText(),
                tenant.key().type(),
                Optional.of(tenant.slug().toString()),
                Optional.of(tenant.name()),
                tenant.region(),
                tenant.attributes());
        return export(tenant.scope(), owner, folder);
    }

    /**
     * Exports a tenant.
     *
     * @param tenant the tenant, with its region if there is a database for each
     * @param folder where to; a new folder or an empty one
     * @return what is in the archive
     * @throws TenantDataException if the folder is not empty, the role does not see exactly the tenant's rows, or rows
     *     are missing; nothing is left in the folder
     * @throws SQLException if the database fails; nothing is left in the folder
     * @throws IOException if the folder cannot be written
     */
    public Manifest export(TenantScope tenant, Path folder) throws SQLException, IOException {
        TenantKey key = tenant.tenant();
        Manifest.Owner owner = new Manifest.Owner(
                key.asText(), key.type(), Optional.empty(), Optional.empty(), tenant.region(), Map.of());
        return export(tenant, owner, folder);
    }

    private Manifest export(TenantScope scope, Manifest.Owner owner, Path folder) throws SQLException, IOException {
        ArchiveFolder target = ArchiveFolder.create(folder);
        try {
            return export(scope, owner, target);
        } catch (UncheckedIOException e) {
            target.discard(e);
            throw e.getCause();
        } catch (SQLException | IOException | RuntimeException | Error e) {
            target.discard(e);
            throw e;
        }
    }

    private Manifest export(TenantScope scope, Manifest.Owner owner, ArchiveFolder target)
            throws SQLException, IOException {
        Manifest manifest = new ScopedTransactions(application)
                .forTenant(
                        scope,
                        TransactionMode.SNAPSHOT,
                        connection -> new ExportRun(connection, scope, target, listener).write(owner, admin));
        target.finish(manifest);
        return manifest;
    }
}
