package dev.boundary.tenants.erasure;

import dev.boundary.core.TenantScope;
import dev.boundary.tenants.Progress;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.Access;
import dev.boundary.tenants.internal.tables.TenantTable;
import dev.boundary.tenants.internal.tables.TenantTables;
import dev.boundary.tenants.internal.tables.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Deletes every row of a tenant, table by table, those first that nothing refers to.
 *
 * <p>It works as the application role in the tenant's scope, so that policies stand between it and other tenants' rows,
 * and names the tenant besides. Rows are deleted in batches with a transaction each; what is deleted stays deleted if it
 * is interrupted, and a second run goes on from there. Tables that refer to each other in a circle, and tables whose rows
 * refer to each other, are emptied by one statement.
 *
 * <p>It deletes rows of protected tables and nothing else: no shared rows, no tables without tenants, no large objects, no
 * entry in the registry, no backups. Triggers of the tables run.
 *
 * <p>Immutable and safe for use by several threads; two erasures of one tenant at a time wait for each other's rows and
 * may report too few.
 */
public final class TenantErasure {

    private static final int DEFAULT_BATCH = 5_000;
    private static final int LARGEST_BATCH = 100_000;

    private final DataSource application;
    private final @Nullable DataSource admin;
    private final int batch;
    private final Progress.Listener listener;

    private TenantErasure(DataSource application, @Nullable DataSource admin, int batch, Progress.Listener listener) {
        this.application = application;
        this.admin = admin;
        this.batch = batch;
        this.listener = listener;
    }

    /**
     * An erasure by the application role, in batches of 5,000 rows.
     *
     * @param application connections of the application role, which must have SELECT and DELETE on every protected table
     * @return the erasure
     */
    public static TenantErasure by(DataSource application) {
        return new TenantErasure(
                Objects.requireNonNull(application, "application"), null, DEFAULT_BATCH, Progress.Listener.NONE);
    }

    /**
     * Lets the admin role, which sees every row, look for rows that are left, and for rows of other tenants and of tables
     * without tenants that a foreign key would delete or change along with this tenant's. On those tables it must have SELECT.
     *
     * @param adminDataSource connections of the admin role
     * @return an erasure that does
     */
    public TenantErasure checkedBy(DataSource adminDataSource) {
        return new TenantErasure(
                application, Objects.requireNonNull(adminDataSource, "adminDataSource"), batch, listener);
    }

    /**
     * Deletes so many rows at a time.
     *
     * @param rows 1 to 100,000
     * @return an erasure that does
     * @throws IllegalArgumentException if the number is another
     */
    public TenantErasure batchSize(int rows) {
        if (rows < 1 || rows > LARGEST_BATCH) {
            throw new IllegalArgumentException(
                    "A batch of " + rows + " rows is not possible: 1 to " + LARGEST_BATCH + ".");
        }
        return new TenantErasure(application, admin, rows, listener);
    }

    /**
     * Tells how far it is, after each batch.
     *
     * @param progressListener who hears
     * @return an erasure that does
     */
    public TenantErasure onProgress(Progress.Listener progressListener) {
        return new TenantErasure(
                application, admin, batch, Objects.requireNonNull(progressListener, "progressListener"));
    }

    /**
     * Makes every check that {@link #erase} makes, and counts instead of deleting.
     *
     * @param tenant the tenant, with its region if there is a database for each
     * @return the rows that would be deleted
     * @throws TenantDataException if the erasure would be refused
     * @throws SQLException if the database fails
     */
    public RowCounts dryRun(TenantScope tenant) throws SQLException {
        return prepare(tenant).counts();
    }

    /**
     * Deletes every row of the tenant. Keep the tenant from working meanwhile, or rows may be written behind it:
     * {@link #scan} tells.
     *
     * @param tenant the tenant, with its region if there is a database for each
     * @return the rows that were deleted; not those that were deleted along with them by ON DELETE CASCADE
     * @throws TenantDataException if the role does not see exactly the tenant's rows or may not delete from some table,
     *     if rows of other tenants or of tables without tenants would be deleted or changed along (all of which is found before anything is deleted),
     *     or if rows cannot be deleted because others refer to them or a trigger keeps them
     * @throws SQLException if the database fails; what was deleted before stays deleted
     */
    public RowCounts erase(TenantScope tenant) throws SQLException {
        Prepared prepared = prepare(tenant);
        return new Eraser(application, prepared.tables(), tenant, batch, listener).erase(prepared.counts());
    }

    /**
     * Looks for rows of the tenant in every protected table, as the application role in the tenant's scope and, if it is
     * there, as the admin role.
     *
     * @param tenant the tenant, with its region if there is a database for each
     * @return what is left
     * @throws TenantDataException if a role does not see what it must
     * @throws SQLException if the database fails
     */
    public Scan scan(TenantScope tenant) throws SQLException {
        RowCounts seen = Transactions.forTenant(
                application,
                tenant,
                Transactions.SNAPSHOT,
                connection -> count(connection, open(connection, tenant, Access.Purpose.READ), tenant));
        DataSource all = admin;
        Optional<RowCounts> there = all == null
                ? Optional.empty()
                : Optional.of(Transactions.unscoped(
                        all, "look for rows of tenant " + tenant.tenant(), tenant.region(), connection -> {
                            TenantTables tables = TenantTables.read(connection);
                            Access.requireAdmin(connection, tables);
                            return count(connection, tables, tenant);
                        }));
        return new Scan(tenant.tenant(), seen, there);
    }

    private record Prepared(TenantTables tables, RowCounts counts) {}

    private Prepared prepare(TenantScope tenant) throws SQLException {
        Prepared prepared = Transactions.forTenant(application, tenant, Transactions.SNAPSHOT, connection -> {
            TenantTables tables = open(connection, tenant, Access.Purpose.READ, Access.Purpose.DELETE);
            return new Prepared(tables, count(connection, tables, tenant));
        });
        new ForeignRows(prepared.tables(), tenant).requireUntouched(admin);
        return prepared;
    }

    private static TenantTables open(Connection connection, TenantScope tenant, Access.Purpose... purposes)
            throws SQLException {
        TenantTables tables = TenantTables.read(connection);
        Access.requireApplication(connection, tables, purposes);
        tables.bind(connection, tenant.tenant());
        return tables;
    }

    private static RowCounts count(Connection connection, TenantTables tables, TenantScope tenant) throws SQLException {
        Map<String, Long> rows = new HashMap<>();
        for (TenantTable table : tables.tables()) {
            rows.put(table.name().toString(), tables.count(connection, table, tenant.tenant()));
        }
        return new RowCounts(rows);
    }
}
