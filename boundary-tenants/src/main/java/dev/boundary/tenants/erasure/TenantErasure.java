package dev.boundary.tenants.erasure;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.TenantKey;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.RowProgress;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.Findings;
import dev.boundary.tenants.internal.tables.RoleRequirements;
import dev.boundary.tenants.internal.tables.ScopedTransactions;
import dev.boundary.tenants.internal.tables.TenantDataModel;
import dev.boundary.tenants.internal.tables.TenantDataModelReader;
import dev.boundary.tenants.internal.tables.TransactionMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Deletes every row of a tenant, table by table, beginning with those that no other references.
 *
 * <p>It works as the application role in the tenant's scope, so that policies protect other tenants' rows, and selects
 * rows by tenant as well. Rows are deleted in batches with a transaction each. What is deleted stays deleted if the
 * erasure is interrupted, and a second run continues from there. Tables that reference each other in a cycle, and
 * tables whose rows reference each other, are emptied by one statement.
 *
 * <p>It deletes rows of protected tables and nothing else: no shared rows, no tables without tenants, no large objects,
 * no entry in the registry, no backups. Triggers of the tables run.
 *
 * <p>Immutable and safe for use by several threads; two erasures of one tenant at a time wait for each other's rows and
 * may report too few.
 *
 * @since 0.1
 */
public final class TenantErasure {

    private static final int MAX_BATCH = 100_000;

    private final DataSource application;
    private final @Nullable DataSource admin;
    private final Eraser.Settings settings;

    private TenantErasure(DataSource application, @Nullable DataSource admin, Eraser.Settings settings) {
        this.application = application;
        this.admin = admin;
        this.settings = settings;
    }

    /**
     * An erasure by the application role, in batches of 5,000 rows.
     *
     * @param application connections of the application role, which must have SELECT and DELETE on every protected
     *     table
     * @return the erasure
     */
    public static TenantErasure of(DataSource application) {
        return new TenantErasure(Objects.requireNonNull(application, "application"), null, Eraser.Settings.DEFAULT);
    }

    /**
     * Lets the admin role, which sees every row, look for rows that are left, and for rows of other tenants and of
     * tables without tenants that a foreign key would delete or change along with this tenant's. It must have SELECT on
     * those tables.
     *
     * @param adminDataSource connections of the admin role
     * @return an erasure with those checks
     */
    public TenantErasure withAdmin(DataSource adminDataSource) {
        return new TenantErasure(application, Objects.requireNonNull(adminDataSource, "adminDataSource"), settings);
    }

    /**
     * Deletes this many rows in one transaction. Default: 5,000.
     *
     * @param rows 1 to 100,000
     * @return an erasure in such batches
     * @throws IllegalArgumentException if the number is out of range
     */
    public TenantErasure withBatchSize(int rows) {
        if (rows < 1 || rows > MAX_BATCH) {
            throw new IllegalArgumentException("A batch cannot have " + rows + " rows: use 1 to " + MAX_BATCH + ".");
        }
        return new TenantErasure(application, admin, settings.withBatch(rows));
    }

    /**
     * Reports progress after each batch. Default: to no one.
     *
     * @param listener receives progress
     * @return an erasure that reports to the listener
     */
    public TenantErasure withProgress(RowProgress.Listener listener) {
        return new TenantErasure(
                application, admin, settings.withListener(Objects.requireNonNull(listener, "listener")));
    }

    /**
     * Makes every check that {@link #erase} makes, and counts rows instead of deleting them.
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
     * Deletes every row of the tenant. Keep the tenant from working meanwhile, or it may write rows after their table
     * was emptied; {@link #scan} finds them.
     *
     * @param tenant the tenant, with its region if there is a database for each
     * @return the rows that were deleted; not those that were deleted along with them by ON DELETE CASCADE
     * @throws TenantDataException if the role does not see exactly the tenant's rows or may not delete from some table,
     *     if rows of other tenants or of tables without tenants would be deleted or changed along with them (all of
     *     which is found before anything is deleted), or if rows cannot be deleted because others refer to them or a
     *     trigger keeps them
     * @throws SQLException if the database fails; what was deleted before stays deleted
     */
    public RowCounts erase(TenantScope tenant) throws SQLException {
        Prepared prepared = prepare(tenant);
        return new Eraser(new ScopedTransactions(application), prepared.model(), tenant, prepared.counts(), settings)
                .erase();
    }

    /**
     * Looks for rows of the tenant in every protected table, as the application role in the tenant's scope and, with
     * {@link #withAdmin}, as the admin role.
     *
     * @param tenant the tenant, with its region if there is a database for each
     * @return what is left
     * @throws TenantDataException if a role does not see what it must
     * @throws SQLException if the database fails
     */
    public Scan scan(TenantScope tenant) throws SQLException {
        RowCounts seen = new ScopedTransactions(application)
                .forTenant(
                        tenant,
                        TransactionMode.SNAPSHOT,
                        connection -> open(connection, tenant, RoleRequirements.Purpose.READ)
                                .countAll(connection, tenant.tenant()));
        return new Scan(tenant.tenant(), seen, admin == null ? Optional.empty() : Optional.of(scan(tenant, admin)));
    }

    private static RowCounts scan(TenantScope tenant, DataSource admin) throws SQLException {
        return new ScopedTransactions(admin)
                .unscoped("look for rows of tenant " + tenant.tenant(), tenant.region(), connection -> {
                    TenantDataModel model = new TenantDataModelReader(connection).read();
                    RoleRequirements.requireAdmin(connection, model);
                    return model.countAll(connection, tenant.tenant());
                });
    }

    private record Prepared(TenantDataModel model, RowCounts counts) {}

    private Prepared prepare(TenantScope tenant) throws SQLException {
        Prepared prepared = new ScopedTransactions(application)
                .forTenant(tenant, TransactionMode.SNAPSHOT, connection -> {
                    TenantDataModel model =
                            open(connection, tenant, RoleRequirements.Purpose.READ, RoleRequirements.Purpose.DELETE);
                    return new Prepared(model, model.countAll(connection, tenant.tenant()));
                });
        new CascadeCheck(prepared.model(), tenant).requireNoneAffected(admin);
        return prepared;
    }

    private static TenantDataModel open(Connection connection, TenantScope tenant, RoleRequirements.Purpose... purposes)
            throws SQLException {
        TenantDataModel model = new TenantDataModelReader(connection).read();
        RoleRequirements.requireApplication(connection, model, purposes);
        model.bind(connection, tenant.tenant());
        return model;
    }

    /**
     * Which rows of a tenant are left in the database. Immutable.
     *
     * @param tenant the tenant
     * @param application what the application role sees in the tenant's scope
     * @param admin what the admin role, which sees every row, finds by the tenant's key; empty if it was not asked
     * @since 0.1
     */
    public record Scan(TenantKey tenant, RowCounts application, Optional<RowCounts> admin) {

        private static final String WRITTEN_MEANWHILE =
                "They were written meanwhile: keep the tenant from working and erase again.";
        private static final String HIDDEN =
                "If the application role does not see them, a policy of your own hides them"
                        + " from it: delete them as the admin role.";

        /** Checks that nothing is missing. */
        public Scan {
            Objects.requireNonNull(tenant, "tenant");
            Objects.requireNonNull(application, "application");
            Objects.requireNonNull(admin, "admin");
        }

        /**
         * Whether no row is left.
         *
         * @return true if neither role found one
         */
        public boolean isClean() {
            return application.total() == 0 && admin.map(RowCounts::total).orElse(0L) == 0;
        }

        /**
         * Requires that no row is left.
         *
         * @return this
         * @throws TenantDataException if a row is left; it names the tables
         */
        public Scan requireClean() {
            Findings findings = new Findings();
            findings.addAll(left(application, "application", WRITTEN_MEANWHILE));
            admin.ifPresent(counts -> findings.addAll(left(counts, "admin", HIDDEN)));
            findings.requireNone("Tenant " + tenant + " still has rows");
            return this;
        }

        private static List<String> left(RowCounts counts, String role, String remedy) {
            List<String> left = new ArrayList<>();
            counts.nonEmpty()
                    .byTable()
                    .forEach((table, rows) -> left.add(
                            "Table " + table + " has " + rows + " rows that the " + role + " role sees. " + remedy));
            return left;
        }
    }
}
