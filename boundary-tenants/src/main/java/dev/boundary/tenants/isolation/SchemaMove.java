package dev.boundary.tenants.isolation;

import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.erasure.TenantErasure;
import dev.boundary.tenants.internal.tables.RoleRequirements;
import dev.boundary.tenants.internal.tables.RoleRequirements.Purpose;
import dev.boundary.tenants.internal.tables.ScopedTransactions;
import dev.boundary.tenants.internal.tables.TenantDataModel;
import dev.boundary.tenants.internal.tables.TenantDataModelReader;
import dev.boundary.tenants.internal.tables.TransactionMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Moves a tenant's rows from the shared tables into a schema of its own in the same database, in two steps: the first
 * copies them, the second removes the originals. In between, change the tenant's placement.
 *
 * {@snippet file="dev/boundary/tenants/isolation/SchemaMoveTest.java" region="move"}
 *
 * <p>Both steps run as the application role in the tenant's scope, under row-level security, and select the rows by
 * tenant as well. The tenant must be suspended, and its transactions must have ended: the comparison of the second step
 * detects what it wrote meanwhile, and the step then removes nothing. Of a table with shared rows only the tenant's own
 * are moved; shared rows, and tables without tenants, are up to the migration.
 *
 * <p>Each step is one transaction, done completely or not at all. Running it again does no harm.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class SchemaMove {

    private final DataSource application;
    private final Tenant tenant;
    private final OwnSchema target;
    private final String source;
    private final @Nullable DataSource admin;

    private SchemaMove(
            DataSource application, Tenant tenant, OwnSchema target, String source, @Nullable DataSource admin) {
        this.application = application;
        this.admin = admin;
        this.tenant = tenant;
        this.target = target;
        this.source = source;
    }

    /**
     * A move out of schema {@code public}.
     *
     * @param application connections of PostgreSQL's own driver, pooled or not, of the application role
     * @param tenant the tenant as it is registered now
     * @param target its own schema, created by {@link TenantPlaces} and migrated
     * @return the move
     */
    public static SchemaMove of(DataSource application, Tenant tenant, OwnSchema target) {
        return new SchemaMove(
                Objects.requireNonNull(application, "application"),
                Objects.requireNonNull(tenant, "tenant"),
                Objects.requireNonNull(target, "target"),
                "public",
                null);
    }

    /**
     * Moves out of another schema. Default: {@code public}.
     *
     * @param schema the schema of the shared tables, unquoted
     * @return a move out of that schema
     */
    public SchemaMove withSourceSchema(String schema) {
        return new SchemaMove(application, tenant, target, Objects.requireNonNull(schema, "schema"), admin);
    }

    /**
     * Lets the admin role, which sees every row, look for rows of others that a foreign key would delete or change
     * along with the originals. Needed where a foreign key acts on deletion and does not include the tenant.
     *
     * @param adminDataSource connections of the admin role
     * @return a move with that check
     */
    public SchemaMove withAdmin(DataSource adminDataSource) {
        return new SchemaMove(
                application, tenant, target, source, Objects.requireNonNull(adminDataSource, "adminDataSource"));
    }

    /**
     * Copies the rows, compares them, and moves sequences past the keys. If they were copied before, it only compares.
     *
     * @return how many rows each table of the own schema has now
     * @throws IsolationException if the tenant is not suspended, the schema is not its own, lacks a table or has other
     *     rows than the shared tables
     * @throws TenantDataException if the role is not the application role, or may not read or insert
     * @throws SQLException if the database rejects a row
     */
    public RowCounts copy() throws SQLException {
        return inTransaction(List.of(Purpose.READ, Purpose.INSERT), (connection, pairs) -> {
            if (total(pairs, pair -> pair.countCopies(connection)) == 0) {
                for (TablePair pair : pairs) {
                    pair.copy(connection);
                }
            }
            return copies(connection, pairs);
        });
    }

    private static RowCounts copies(Connection connection, List<TablePair> pairs) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        for (TablePair pair : pairs) {
            pair.requireIdentical(connection);
            pair.advanceSequences(connection);
            counts.put(pair.copies().name().toString(), pair.countCopies(connection));
        }
        return new RowCounts(counts);
    }

    /**
     * Removes the rows from the shared tables, if the own schema has exactly the same ones.
     *
     * @return how many rows of each shared table were removed
     * @throws IsolationException if the tenant is not suspended, the schema is not its own, lacks a table or has other
     *     rows than the shared tables; nothing was removed
     * @throws TenantDataException if the role is not the application role, or may not read or delete, or rows of others
     *     would be deleted or changed along with the tenant's, or could be and there is no {@link #withAdmin}; nothing
     *     was removed
     * @throws SQLException if the database refuses; nothing was removed
     */
    public RowCounts removeOriginals() throws SQLException {
        requireSuspended();
        requireRemovable();
        return inTransaction(List.of(Purpose.READ, Purpose.DELETE), (connection, pairs) -> {
            if (total(pairs, pair -> pair.countOriginals(connection)) > 0) {
                for (TablePair pair : pairs) {
                    pair.requireIdentical(connection);
                }
            }
            return removed(connection, pairs);
        });
    }

    /** Without rows of others that would go along. */
    private void requireRemovable() throws SQLException {
        TenantErasure removal = TenantErasure.of(application);
        (admin == null ? removal : removal.withAdmin(admin)).dryRun(tenant.scope());
    }

    private static RowCounts removed(Connection connection, List<TablePair> pairs) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        for (TablePair pair : pairs.reversed()) {
            counts.put(pair.originals().name().toString(), pair.removeOriginals(connection));
        }
        return new RowCounts(counts);
    }

    /** Rows of one pair of tables. */
    @FunctionalInterface
    private interface Counting {
        long rows(TablePair pair) throws SQLException;
    }

    private static long total(List<TablePair> pairs, Counting counting) throws SQLException {
        long total = 0;
        for (TablePair pair : pairs) {
            total += counting.rows(pair);
        }
        return total;
    }

    private void requireSuspended() {
        if (tenant.state() != TenantState.SUSPENDED) {
            throw new IsolationException("Tenant " + tenant.slug() + " (" + tenant.key() + ") is " + tenant.state()
                    + ", so it could still write. Suspend it before the move.");
        }
    }

    private RowCounts inTransaction(List<Purpose> purposes, Step step) throws SQLException {
        requireSuspended();
        return new ScopedTransactions(application).forTenant(tenant.scope(), TransactionMode.REPEATABLE, connection -> {
            TenantDataModel model = new TenantDataModelReader(connection).read();
            RoleRequirements.requireApplication(connection, model, purposes.toArray(Purpose[]::new));
            new PlaceRegistry(connection).requireOwner(target, tenant.key());
            model.bind(connection, tenant.key());
            Jdbc.run(connection, "set constraints all deferred");
            return step.run(connection, TablePair.all(model, source, target.schema(), tenant.key()));
        });
    }

    /** One of the two steps. */
    @FunctionalInterface
    private interface Step {
        RowCounts run(Connection connection, List<TablePair> pairs) throws SQLException;
    }
}
