package dev.boundary.tenants.archive;

import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantScope;
import dev.boundary.core.registry.Tenant;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.tenants.Progress;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.Access;
import dev.boundary.tenants.internal.tables.OwnSchemas;
import dev.boundary.tenants.internal.tables.PinnedSettings;
import dev.boundary.tenants.internal.tables.TenantTable;
import dev.boundary.tenants.internal.tables.TenantTables;
import dev.boundary.tenants.internal.tables.Transactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tenant's rows to a folder: one file of JSON lines for each protected table, and a {@link Manifest}.
 *
 * <p>All rows are of one moment (one read-only transaction at isolation level REPEATABLE READ) and are streamed: memory
 * does not grow with their number. They are read as the application role in the tenant's scope, and asked for by tenant
 * besides, so that a fault in the policies cannot put another tenant's rows into the archive. Of a table with shared
 * rows only the tenant's own are written. Tables in schemas that are other tenants' own are not mentioned in it.
 *
 * <p>Not in an archive: shared rows and tables without tenants, generated columns, large objects (only their oids),
 * sequences, and whatever the service keeps outside of the protected tables.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class TenantExport {

    private final DataSource application;
    private final @Nullable DataSource admin;
    private final Progress.Listener listener;

    private TenantExport(DataSource application, @Nullable DataSource admin, Progress.Listener listener) {
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
    public static TenantExport from(DataSource application) {
        return new TenantExport(Objects.requireNonNull(application, "application"), null, Progress.Listener.NONE);
    }

    /**
     * Compares the number of rows with what the admin role sees at the same moment. Without it, rows that a policy of
     * the service's own hides from the application role (soft-deleted ones, say) are missing from the archive.
     *
     * @param adminDataSource connections of the admin role
     * @return an export that does
     */
    public TenantExport countedBy(DataSource adminDataSource) {
        return new TenantExport(application, Objects.requireNonNull(adminDataSource, "adminDataSource"), listener);
    }

    /**
     * Tells how far it is.
     *
     * @param progressListener who hears
     * @return an export that does
     */
    public TenantExport onProgress(Progress.Listener progressListener) {
        return new TenantExport(application, admin, Objects.requireNonNull(progressListener, "progressListener"));
    }

    /**
     * Exports a tenant, and what the registry knows of it.
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
            Manifest manifest = Transactions.forTenant(
                    application, scope, Transactions.SNAPSHOT, connection -> write(connection, scope, owner, target));
            target.finish(manifest);
            return manifest;
        } catch (UncheckedIOException e) {
            target.discard(e);
            throw e.getCause();
        } catch (SQLException | IOException | RuntimeException | Error e) {
            target.discard(e);
            throw e;
        }
    }

    private Manifest write(Connection connection, TenantScope scope, Manifest.Owner owner, ArchiveFolder target)
            throws SQLException {
        TenantTables tables = TenantTables.read(connection);
        Access.requireApplication(connection, tables, Access.Purpose.READ);
        tables.bind(connection, scope.tenant());
        PinnedSettings.apply(connection);
        PinnedSettings.qualifyNames(connection);
        List<@Nullable String> server = Jdbc.rows(
                        connection,
                        "select pg_catalog.current_setting('server_version'),"
                                + " extract(epoch from pg_catalog.now())::pg_catalog.int8")
                .getFirst();
        List<Manifest.TableFile> files = new ArrayList<>();
        Set<String> others = OwnSchemas.ofOthers(connection, scope.tenant());
        for (TenantTable table : tables.inOrder()) {
            if (others.contains(table.name().schema()) && tables.count(connection, table, scope.tenant()) == 0) {
                continue;
            }
            files.add(new TableWriter(connection, target, listener)
                    .write(table, ExportQuery.of(tables, table, scope.tenant()), files.size() + 1));
        }
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                Manifest.VERSION,
                Instant.ofEpochSecond(Long.parseLong(Objects.requireNonNull(server.get(1)))),
                owner,
                tables.installation().layout(),
                Objects.requireNonNull(server.get(0)),
                files);
        if (admin != null) {
            new RowCheck(tables, scope).requireSame(connection, admin, manifest);
        }
        return manifest;
    }
}
