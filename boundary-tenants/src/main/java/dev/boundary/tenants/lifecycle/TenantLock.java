package dev.boundary.tenants.lifecycle;

import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.TenantRegistryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps others from deprovisioning the same tenant, by an advisory lock on a connection of its own. What is written to the
 * registry meanwhile is written on that connection: if it is lost, and the lock with it, nothing more is.
 */
final class TenantLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TenantLock.class);

    private static final String TAKE =
            "select pg_catalog.pg_try_advisory_lock(pg_catalog.hashtextextended('boundary.tenant ' || ?, 0))";

    private static final String RELEASE =
            "select pg_catalog.pg_advisory_unlock(pg_catalog.hashtextextended('boundary.tenant ' || ?, 0))";

    private final RegistryTransactions transactions;
    private final TenantKey key;
    private final Connection connection;

    private TenantLock(RegistryTransactions transactions, TenantKey key, Connection connection) {
        this.transactions = transactions;
        this.key = key;
        this.connection = connection;
    }

    static TenantLock take(RegistryTransactions transactions, TenantKey key) {
        String what = "Locking tenant " + key;
        Connection connection = transactions.open(what);
        TenantLock lock = new TenantLock(transactions, key, connection);
        try {
            if (lock.ask(TAKE)) {
                return lock;
            }
            connection.close();
        } catch (SQLException e) {
            try {
                connection.close();
            } catch (SQLException closing) {
                e.addSuppressed(closing);
            }
            throw RegistryTransactions.failed(what, e);
        }
        throw new TenantRegistryException(
                "Tenant " + key + " is being deprovisioned by somebody else at this moment. Nothing was done.", null);
    }

    private boolean ask(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, key.asText());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    <T> T run(String what, RegistryTransactions.Work<T> work) {
        return transactions.run(connection, what, work);
    }

    /** The connection may go back to a pool, so it is not enough to close it. */
    @Override
    public void close() {
        try (connection) {
            if (!connection.isClosed()) {
                ask(RELEASE);
            }
        } catch (SQLException e) {
            // The server has released the lock with the connection; what was done is done.
            LOG.warn("The connection that kept tenant {} from others was lost", key, e);
        }
    }
}
