package dev.boundary.registry.internal;

import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.TenantRegistryException;
import dev.boundary.core.registry.TenantState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Optional;

/**
 * Records in the registry that the rows of a tenant are being erased, in a transaction of the caller's, as the admin
 * role. {@code TenantLifecycle} of {@code boundary-tenants} uses it.
 *
 * <p>After an exception the transaction can only be rolled back. Not for use by several threads.
 */
public final class ErasureWriter {

    private static final String FIND = """
            select tenant_key, archive, archive_sha256, begun_at, ended_at \
            from boundary.tenant_erasure where tenant_key operator(pg_catalog.=) ?""";

    /** Waits for whoever is changing the tenant's state, and keeps it until the transaction ends. */
    private static final String LOCK =
            "select state from boundary.tenant where tenant_key operator(pg_catalog.=) ? for no key update";

    private static final String BEGIN =
            "insert into boundary.tenant_erasure (tenant_key, archive, archive_sha256) values (?, ?, ?)";

    private static final String END = """
            update boundary.tenant_erasure set ended_at = pg_catalog.clock_timestamp() \
            where tenant_key operator(pg_catalog.=) ? and ended_at is null""";

    /** The newest state in which the tenant could work, or could be resumed. */
    private static final String LAST_STATE = """
            select new_values operator(pg_catalog.->>) 'state' \
            from boundary.tenant_change where tenant_key operator(pg_catalog.=) ? \
            and new_values operator(pg_catalog.->>) 'state' in ('ACTIVE', 'SUSPENDED') order by id desc limit 1""";

    private final AuditedTransaction audited;

    private ErasureWriter(Connection connection) {
        this.audited = AuditedTransaction.on(connection);
    }

    /**
     * Writes in one transaction.
     *
     * @param transaction a connection of the admin role whose autocommit is off
     * @return the writer; it neither commits the transaction nor closes the connection
     * @throws IllegalArgumentException if autocommit is on
     * @throws TenantRegistryException if the connection cannot be asked
     */
    public static ErasureWriter on(Connection transaction) {
        return new ErasureWriter(transaction);
    }

    /**
     * Whether the rows of a tenant are being erased, or are gone.
     *
     * @param key the tenant
     * @return how far it is, or empty if none was erased
     * @throws TenantRegistryException if the database cannot be asked
     */
    public Optional<Erasure> find(TenantKey key) {
        return audited.read(
                "Looking up the erasure of tenant " + key,
                () -> audited.statement(FIND, key.value())
                        .read(row -> row.next() ? Optional.of(erasure(row, key)) : Optional.empty()));
    }

    private static Erasure erasure(ResultSet row, TenantKey key) throws SQLException {
        return new Erasure(
                key,
                Optional.ofNullable(row.getString(2)),
                Optional.ofNullable(row.getString(3)),
                row.getTimestamp(4).toInstant(),
                Optional.ofNullable(row.getTimestamp(5)).map(Timestamp::toInstant));
    }

    /**
     * Records that rows will be erased once this transaction is committed: from then on the tenant cannot be restored.
     *
     * @param key a tenant that is {@link TenantState#DELETING}
     * @param archive where its rows were exported to, or empty if they were not
     * @param archiveSha256 the SHA-256 of the archive's manifest, or empty if there is none
     * @param change who does it and why
     * @throws TenantRegistryException if it is in another state or not there, this was said already, or the database
     *     does not do it
     */
    public void begin(TenantKey key, Optional<String> archive, Optional<String> archiveSha256, Change change) {
        String what = "Beginning the erasure of tenant " + key;
        String state = audited.read(what, () -> lock(key));
        if (!state.equals(TenantState.DELETING.name())) {
            throw new TenantRegistryException(
                    what + " was refused: it is " + state + " and not DELETING any more. Another change"
                            + " came in between; nothing was erased.",
                    null);
        }
        audited.write(
                what,
                change,
                () -> audited.statement(BEGIN, key.value(), archive.orElse(null), archiveSha256.orElse(null))
                        .update());
    }

    private String lock(TenantKey key) throws SQLException {
        return audited.statement(LOCK, key.value()).read(row -> row.next() ? row.getString(1) : "not there");
    }

    /**
     * Records that no row is left.
     *
     * @param key the tenant
     * @param change who does it and why
     * @throws TenantRegistryException if no erasure has begun or it has ended already, or the database does not do it
     */
    public void end(TenantKey key, Change change) {
        String what = "Ending the erasure of tenant " + key;
        int ended = audited.write(
                what, change, () -> audited.statement(END, key.value()).update());
        if (ended != 1) {
            throw new TenantRegistryException(what + " was refused: none is under way.", null);
        }
    }

    /**
     * In which of the states {@link TenantState#ACTIVE} and {@link TenantState#SUSPENDED} a tenant was last.
     *
     * @param key the tenant
     * @return the state, or empty if it was in neither
     * @throws TenantRegistryException if the database cannot be asked
     */
    public Optional<TenantState> lastWorkingState(TenantKey key) {
        return audited.read(
                "Looking up the changes of tenant " + key,
                () -> audited.statement(LAST_STATE, key.value())
                        .read(row ->
                                row.next() ? Optional.of(TenantState.valueOf(row.getString(1))) : Optional.empty()));
    }
}
