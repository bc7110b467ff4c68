package dev.boundary.tenants.isolation;

import java.sql.Connection;
import java.sql.SQLException;

/** A connection for one migration, which is given back, or is no good any more. Not for use by several threads. */
final class PlaceConnection implements AutoCloseable {

    private final Connection connection;
    private boolean aborted;

    PlaceConnection(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    void abort() throws SQLException {
        aborted = true;
        connection.abort(Runnable::run);
    }

    @Override
    public void close() throws SQLException {
        try {
            connection.close();
        } catch (SQLException e) {
            if (!aborted) { // then it may not close without an error, and nothing is left to close
                throw e;
            }
        }
    }
}
