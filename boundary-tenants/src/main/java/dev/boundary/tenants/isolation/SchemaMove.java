package dev.boundary.tenants.isolation;

import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.erasure.TenantErasure;
import dev.boundary.tenants.internal.tables.Access;
import dev.boundary.tenants.internal.tables.Access.Purpose;
import dev.boundary.tenants.internal.tables.TenantTables;
import dev.boundary.tenants.internal.tables.Transactions;
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
 * copies them, the second removes the originals. In between the tenant's placement is changed.
 *
 * {@snippet file="dev/boundary/tenants/isolation/SchemaMoveTest.java" region="move"}
 *
 * <p>Both run as the application role in the tenant's scope, under row-level security, and ask for the rows by tenant
 * besides. The tenant must be suspended, and its transactions ended: what it wrote meanwhile would be seen by the comparison
 * of the second step, which then removes nothing. Of a table with shared rows only the tenant's own are moved; shared ones,
 * and tables without tenants, are the migration's matter.
 *
 * <p>Each step is one transaction: it is done, or nothing is. To be run again does no harm.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class SchemaMove {

    /** One snapshot for the rows that are copied and those that are compared. */
    private static final String ONE_STATE = "isolation level repeatable read";

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
     * @param target its own schema, made by {@link TenantPlaces} and migrated
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
     * Moves out of another schema.
     *
     * @param schema the schema of the shared tables
     * @return a move that does
     */
    public SchemaMove from(String schema) {
        return new SchemaMove(application, tenant, target, Objects.requireNonNull(schema, "schema"), admin);
    }

    /**
     * Lets the admin role, which sees every row, look for rows of others that a foreign key would delete or change along with
     * the originals. Needed where a foreign key acts on deletion and does not include the tenant.
     *
     * @param adminDataSource connections of the admin role
     * @return a move that does
     */
    public SchemaMove checkedBy(DataSource adminDataSource) {
        return new SchemaMove(
                application, tenant, target, source, Objects.requireNonNull(adminDataSource, "adminDataSource"));
    }

    /**
     * Copies the rows, compares them, and moves sequences past the keys. If they are there already it only compares.
     *
     * @return how many rows each table of the own schema has now
     * @throws IsolationException if the tenant is not suspended, the schema is not its own, lacks a table or has other rows
     *     than the shared tables
     * @throws dev.boundary.tenants.TenantDataException if the role is not the application role, or may not read or insert
     * @throws SQLException if the database refuses a row
     */
    public RowCounts copy() throws SQLException {
        return inTransaction(List.of(Purpose.READ, Purpose.INSERT), (connection, pairs) -> {
            boolean empty = true;
            for (TablePair pair : pairs) {
                empty &= pair.countCopies(connection) == 0;
            }
            for (TablePair pair : empty ? pairs : List.<TablePair>of()) {
                pair.copy(connection);
            }
            Map<String, Long> counts = new TreeMap<>();
            for (TablePair pair : pairs) {
                pair.requireIdentical(connection);
                pair.advanceSequences(connection);
                counts.put(pair.copies().name().toString(), pair.countCopies(connection));
            }
            return new RowCounts(counts);
        });
    }

    /**
     * Removes the rows from the shared tables, if the own schema has exactly the same ones.
     *
     * @return how many rows of each shared table were removed
     * @throws IsolationException if the tenant is not suspended, the schema is not its own, lacks a table or has other rows
     *     than the shared tables; nothing was removed
     * @throws dev.boundary.tenants.TenantDataException if the role is not the application role, or may not read or delete,
     *     or rows of others would be deleted or changed along with the tenant's, or might be and there is no {@link #checkedBy};
     *     nothing was removed
     * @throws SQLException if the database refuses; nothing was removed
     */
    public RowCounts removeOriginals() throws SQLException {
        requireSuspended();
        TenantErasure removal = TenantErasure.by(application);
        (admin == null ? removal : removal.checkedBy(admin)).dryRun(tenant.scope());
        return inTransaction(List.of(Purpose.READ, Purpose.DELETE), (connection, pairs) -> {
            long left = 0;
            for (TablePair pair : pairs) {
                left += pair.countOriginals(connection);
            }
            Map<String, Long> counts = new TreeMap<>();
            for (TablePair pair : left == 0 ? List.<TablePair>of() : pairs) {
                pair.requireIdentical(connection);
            }
            for (TablePair pair : pairs.reversed()) {
                counts.put(pair.originals().name().toString(), pair.removeOriginals(connection));
            }
            return new RowCounts(counts);
        });
    }

    private void requireSuspended() {
        if (tenant.state() != TenantState.SUSPENDED) {
            throw new IsolationException("Tenant " + tenant.slug() + " (" + tenant.key() + ") is " + tenant.state()
                    + ", and would go on writing. Suspend it before it is moved.");
        }
    }

    private RowCounts inTransaction(List<Purpose> purposes, Step step) throws SQLException {
        requireSuspended();
        return Transactions.forTenant(application, tenant.scope(), ONE_STATE, connection -> {
            TenantTables tables = TenantTables.read(connection);
            Access.requireApplication(connection, tables, purposes.toArray(Purpose[]::new));
            Register.requireOwner(connection, target, tenant.key());
            tables.bind(connection, tenant.key());
            Jdbc.execute(connection, "set constraints all deferred");
            return step.run(connection, TablePair.all(tables, source, target.schema(), tenant.key()));
        });
    }

    /** One of the two steps. */
    @FunctionalInterface
    private interface Step {
        RowCounts run(Connection connection, List<TablePair> pairs) throws SQLException;
    }
}
