package dev.boundary.tenants.archive;

import dev.boundary.core.TenantScope;
import dev.boundary.tenants.Progress;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.Transactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Reads an archive into a tenant: the one that was exported or another one, in the same database or another one.
 *
 * <p>The archive is verified first, then everything happens in one transaction: all rows are imported or none, also when
 * the process is killed. It works as the application role in the target tenant's scope, so that no row can land in another
 * tenant, whatever the archive holds. The tenant's key is replaced in every column that holds one, and a row with any
 * other tenant's key is refused, as is one that refers to a row which the target tenant does not see.
 *
 * <p>Generated columns are computed anew. Sequences are moved past the keys that were imported. Triggers of the tables run;
 * if they change how many rows there are, the import is refused.
 *
 * <p>Immutable and safe for use by several threads; two imports into one tenant at a time wait for each other.
 */
public final class TenantImport {

    private final DataSource application;
    private final List<SchemaRenaming> renamings;
    private final boolean renewKeys;
    private final boolean besideExisting;
    private final Progress.Listener listener;

    private TenantImport(
            DataSource application,
            List<SchemaRenaming> renamings,
            boolean renewKeys,
            boolean besideExisting,
            Progress.Listener listener) {
        this.application = application;
        this.renamings = renamings;
        this.renewKeys = renewKeys;
        this.besideExisting = besideExisting;
        this.listener = listener;
    }

    /**
     * An import that keeps the keys of the rows and wants the tenant to have none yet.
     *
     * @param application connections of the application role, which must have SELECT and INSERT on the tables of the
     *     archive and USAGE on the sequences of their serial and identity columns
     * @return the import
     */
    public static TenantImport by(DataSource application) {
        return new TenantImport(
                Objects.requireNonNull(application, "application"), List.of(), false, false, Progress.Listener.NONE);
    }

    /**
     * Gives rows new keys: the next ones of the sequences in serial and identity columns, random ones in uuid columns of
     * primary and unique keys. Foreign keys follow. Needed beside rows that have the same keys, such as those of the
     * tenant that was exported. Keys in other places (in JSON, in texts, in columns without a foreign key) are not changed.
     *
     * <p>The map of old and new integer keys is held in memory, at most 50 bytes for each row that others refer to.
     *
     * @return an import that does
     */
    public TenantImport renewingKeys() {
        return new TenantImport(application, renamings, true, besideExisting, listener);
    }

    /**
     * Imports the tables of one schema into another, which has them too: those of a tenant with a schema of its own into the
     * shared tables, say, or into another tenant's own schema. Types of the one schema become those of the other. May be
     * called once for each schema.
     *
     * @param from the schema in the archive, unquoted
     * @param to the schema in the database, unquoted
     * @return an import that does
     * @throws IllegalArgumentException if both are one, or it was said already where the first one goes
     */
    public TenantImport renamingSchema(String from, String to) {
        if (from.equals(to)
                || renamings.stream().anyMatch(renaming -> renaming.from().equals(from))) {
            throw new IllegalArgumentException("Schema \"" + from + "\" cannot become \"" + to + "\": "
                    + (from.equals(to) ? "they are one." : "it becomes another one already."));
        }
        List<SchemaRenaming> all = new ArrayList<>(renamings);
        all.add(new SchemaRenaming(from, Objects.requireNonNull(to, "to")));
        return new TenantImport(application, List.copyOf(all), renewKeys, besideExisting, listener);
    }

    /**
     * Accepts that the tenant has rows already, which stay as they are.
     *
     * @return an import that does
     */
    public TenantImport besideExistingRows() {
        return new TenantImport(application, renamings, renewKeys, true, listener);
    }

    /**
     * Tells how far it is, of the verification and of the import.
     *
     * @param progressListener who hears
     * @return an import that does
     */
    public TenantImport onProgress(Progress.Listener progressListener) {
        return new TenantImport(
                application,
                renamings,
                renewKeys,
                besideExisting,
                Objects.requireNonNull(progressListener, "progressListener"));
    }

    /**
     * Imports an archive.
     *
     * @param target the tenant that gets the rows, with its region if there is a database for each
     * @param folder the folder of the archive
     * @return the rows that were imported
     * @throws TenantDataException if the archive is damaged or does not fit the database or the tenant, or if PostgreSQL
     *     refuses a row; nothing is imported then
     * @throws SQLException if the database fails; nothing is imported then
     * @throws IOException if the archive cannot be read; nothing is imported then
     */
    public RowCounts importInto(TenantScope target, Path folder) throws SQLException, IOException {
        return run(target, folder, true);
    }

    /**
     * Does all that {@link #importInto} does and takes it back. Triggers run; numbers taken from sequences are used up.
     *
     * @param target the tenant that would get the rows
     * @param folder the folder of the archive
     * @return the rows that would be imported
     * @throws TenantDataException if the import would be refused
     * @throws SQLException if the database fails
     * @throws IOException if the archive cannot be read
     */
    public RowCounts dryRun(TenantScope target, Path folder) throws SQLException, IOException {
        return run(target, folder, false);
    }

    private RowCounts run(TenantScope target, Path folder, boolean keep) throws SQLException, IOException {
        TenantArchive archive = TenantArchive.open(folder);
        archive.verify(listener);
        Transactions.Work<RowCounts> work = connection -> new ImportRun(
                        connection, archive, target.tenant(), renamings, renewKeys, besideExisting, listener)
                .run();
        try {
            return keep
                    ? Transactions.forTenant(application, target, Transactions.READ_WRITE, work)
                    : Transactions.forTenantAndBack(application, target, work);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
