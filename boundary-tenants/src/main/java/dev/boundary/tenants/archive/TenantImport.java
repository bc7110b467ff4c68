package dev.boundary.tenants.archive;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.RowProgress;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.ScopedTransactions;
import dev.boundary.tenants.internal.tables.TransactionMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Reads an archive into a tenant: the one that was exported or another one, in the same database or another one.
 *
 * <p>The archive is verified first. Everything else happens in one transaction: all rows are imported or none, also
 * when the process is killed. The import works as the application role in the target tenant's scope, so that no row can
 * land in another tenant, whatever the archive holds. The tenant's key is replaced in every column that holds one. A
 * row with any other tenant's key is refused, and so is one that references a row which the target tenant does not see.
 *
 * <p>Generated columns are computed again. Sequences are moved past the imported keys. Triggers of the tables run; if
 * they change how many rows there are, the import is refused.
 *
 * <p>Immutable and safe for use by several threads; two imports into one tenant at a time wait for each other.
 *
 * @since 0.1
 */
public final class TenantImport {

    private final DataSource application;
    private final ImportSettings settings;

    private TenantImport(DataSource application, ImportSettings settings) {
        this.application = application;
        this.settings = settings;
    }

    /**
     * An import that keeps the keys of the rows and requires that the tenant has no rows yet.
     *
     * @param application connections of the application role, which must have SELECT and INSERT on the tables of the
     *     archive and USAGE on the sequences of their serial and identity columns
     * @return the import
     */
    public static TenantImport of(DataSource application) {
        return new TenantImport(Objects.requireNonNull(application, "application"), ImportSettings.DEFAULT);
    }

    /**
     * Gives rows new keys: the next values of the sequences in serial and identity columns, random ones in uuid columns
     * of primary and unique keys. Foreign keys follow. Needed beside rows that have the same keys, such as those of the
     * tenant that was exported. Keys in other places (in JSON, in texts, in columns without a foreign key) do not
     * change.
     *
     * <p>The map of old and new integer keys is held in memory, at most 50 bytes for each row that others reference.
     *
     * @return an import with new keys
     */
    public TenantImport withNewKeys() {
        return new TenantImport(application, settings.withNewKeys());
    }

    /**
     * Imports the tables of one schema into another that has the same tables: those of a tenant with a schema of its
     * own into the shared tables, say, or into another tenant's own schema. Types of the one schema become those of the
     * other. May be called once for each schema.
     *
     * @param from the schema in the archive, unquoted
     * @param to the schema in the database, unquoted
     * @return an import with that schema renamed
     * @throws IllegalArgumentException if both are the same schema, or the first one is renamed already
     */
    public TenantImport withSchemaRenamed(String from, String to) {
        SchemaRenaming added = new SchemaRenaming(from, Objects.requireNonNull(to, "to"));
        boolean twice = settings.renamings().stream()
                .anyMatch(renaming -> renaming.from().equals(from));
        if (from.equals(to) || twice) {
            throw new IllegalArgumentException("Schema \"" + from + "\" cannot become \"" + to + "\": "
                    + (twice ? "it is renamed already." : "both are the same."));
        }
        List<SchemaRenaming> all = new ArrayList<>(settings.renamings());
        all.add(added);
        return new TenantImport(application, settings.withRenamings(all));
    }

    /**
     * Accepts that the tenant has rows already, which stay as they are.
     *
     * @return an import beside existing rows
     */
    public TenantImport withExistingRows() {
        return new TenantImport(application, settings.withExistingRows());
    }

    /**
     * Reports progress of the verification and the import. Default: to no one.
     *
     * @param progressListener receives progress
     * @return an import that reports to the listener
     */
    public TenantImport withProgress(RowProgress.Listener progressListener) {
        return new TenantImport(
                application, settings.withListener(Objects.requireNonNull(progressListener, "progressListener")));
    }

    /**
     * Imports an archive.
     *
     * @param target the tenant that gets the rows, with its region if there is a database for each
     * @param folder the folder of the archive
     * @return the rows that were imported
     * @throws TenantDataException if the archive is damaged or does not fit the database or the tenant, or if
     *     PostgreSQL rejects a row; nothing is imported then
     * @throws SQLException if the database fails; nothing is imported then
     * @throws IOException if the archive cannot be read; nothing is imported then
     */
    public RowCounts importInto(TenantScope target, Path folder) throws SQLException, IOException {
        TenantArchive archive = verified(folder);
        try {
            return new ScopedTransactions(application)
                    .forTenant(target, TransactionMode.READ_WRITE, connection -> run(connection, archive, target));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Does all that {@link #importInto} does and rolls it back. Triggers run; numbers taken from sequences are used up.
     *
     * @param target the tenant that would get the rows
     * @param folder the folder of the archive
     * @return the rows that would be imported
     * @throws TenantDataException if the import would be refused
     * @throws SQLException if the database fails
     * @throws IOException if the archive cannot be read
     */
    public RowCounts dryRun(TenantScope target, Path folder) throws SQLException, IOException {
        TenantArchive archive = verified(folder);
        try {
            return new ScopedTransactions(application)
                    .rolledBack(target, connection -> run(connection, archive, target));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private TenantArchive verified(Path folder) throws IOException {
        TenantArchive archive = TenantArchive.open(folder);
        archive.verify(settings.listener());
        return archive;
    }

    private RowCounts run(Connection connection, TenantArchive archive, TenantScope target) throws SQLException {
        return new ImportRun(connection, archive, target.tenant(), settings).run();
    }
}
