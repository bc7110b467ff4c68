package dev.boundary.tenants.lifecycle;

import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.TenantRegistryException;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps others from deprovisioning the same tenant, by an advisory lock on a connection of its own. The run writes to
 * the registry on that connection: if it is lost, and the lock with it, nothing more is written.
 */
final class TenantLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TenantLock.class);
    private static final SqlFile SQL = SqlFile.of(TenantLock.class);

    private final RegistryTransactions transactions;
    private final TenantKey key;
    private final Connection connection;

    private TenantLock(RegistryTransactions transactions, TenantKey key, Connection connection) {
        this.transactions = transactions;
        this.key = key;
        this.connection = connection;
    }

    static TenantLock acquire(RegistryTransactions transactions, TenantKey key) {
        String what = "Locking tenant " + key;
        Connection connection = transactions.open(what);
        TenantLock lock = new TenantLock(transactions, key, connection);
        try {
            return lock.held();
        } catch (SQLException e) {
            closeAfter(e, connection);
            throw RegistryTransactions.failed(what, e);
        }
    }

    private TenantLock held() throws SQLException {
        if (call("acquire")) {
            return this;
        }
        connection.close();
        throw new TenantRegistryException(
                "Tenant " + key + " is being deprovisioned by another run at this moment. Nothing was done.", null);
    }

    private static void closeAfter(SQLException failure, Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private boolean call(String function) throws SQLException {
        return "t".equals(Jdbc.value(connection, SQL.text(function), key.asText()));
    }

    <T> T run(String what, RegistryTransactions.Work<T> work) {
        return transactions.run(connection, what, work);
    }

    /** The connection may go back to a pool, so closing it does not release the lock. */
    @Override
    public void close() {
        try (connection) {
            if (!connection.isClosed()) {
                call("release");
            }
        } catch (SQLException e) {
            // The server has released the lock with the connection; what was done is done.
            LOG.warn("The connection with the lock of tenant {} was lost", key, e);
        }
    }
}
