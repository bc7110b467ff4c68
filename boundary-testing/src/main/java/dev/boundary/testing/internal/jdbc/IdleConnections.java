package dev.boundary.testing.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps clean connections for the next test, because a new one costs more than most tests. One on which something was
 * left is closed. Safe for use by several threads.
 */
public final class IdleConnections implements ConnectionSource {

    private static final int MOST = 8;

    private final DataSource dataSource;
    private final String sessionVariable;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    /**
     * Empty.
     *
     * @param dataSource where connections come from
     * @param sessionVariable the setting that must be empty when a connection comes back
     */
    public IdleConnections(DataSource dataSource, String sessionVariable) {
        this.dataSource = dataSource;
        this.sessionVariable = sessionVariable;
    }

    @Override
    public Connection take() throws SQLException {
        Connection connection = pop();
        return connection == null ? dataSource.getConnection() : connection;
    }

    private synchronized @Nullable Connection pop() {
        return idle.pollFirst();
    }

    @Override
    public List<String> giveBack(Connection connection) throws SQLException {
        if (connection.isClosed()) {
            return List.of();
        }
        List<String> left = new ArrayList<>();
        if (Leftovers.inTransaction(connection)) {
            left.add("a transaction is still open. Commit it or roll it back before the connection is closed.");
            connection.createStatement().execute("rollback");
        }
        left.addAll(leftovers(connection));
        boolean asNew = left.isEmpty() && connection.getAutoCommit() && !connection.isReadOnly();
        if (!asNew || !push(connection)) {
            connection.close();
        }
        return left;
    }

    @Override
    public List<String> leftovers(Connection connection) throws SQLException {
        return Leftovers.find(connection, sessionVariable);
    }

    private synchronized boolean push(Connection connection) {
        if (closed || idle.size() >= MOST) {
            return false;
        }
        idle.addFirst(connection);
        return true;
    }

    @Override
    public void close() throws SQLException {
        List<Connection> toClose;
        synchronized (this) {
            closed = true;
            toClose = List.copyOf(idle);
            idle.clear();
        }
        for (Connection connection : toClose) {
            connection.close();
        }
    }
}
