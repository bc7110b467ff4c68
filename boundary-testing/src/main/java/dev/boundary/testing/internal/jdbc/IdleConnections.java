package dev.boundary.testing.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps clean connections for the next test, because a new one costs more than most tests. Closes those on which
 * something was left. Safe for use by several threads.
 */
public final class IdleConnections implements ConnectionSource {

    private static final int MOST = 8;

    private final DataSource dataSource;
    private final LeftoverFinder leftovers;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    /**
     * Without a connection.
     *
     * @param dataSource where connections come from
     * @param sessionVariable the setting that must be empty when a connection comes back
     */
    public IdleConnections(DataSource dataSource, String sessionVariable) {
        this.dataSource = dataSource;
        this.leftovers = new LeftoverFinder(sessionVariable);
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
        List<String> left = endTransaction(connection);
        left.addAll(leftovers(connection));
        boolean asNew = left.isEmpty() && connection.getAutoCommit() && !connection.isReadOnly();
        if (!asNew || !push(connection)) {
            connection.close();
        }
        return left;
    }

    private static List<String> endTransaction(Connection connection) throws SQLException {
        List<String> left = new ArrayList<>();
        if (LeftoverFinder.inTransaction(connection)) {
            left.add(STILL_OPEN);
            try (Statement statement = connection.createStatement()) {
                statement.execute("rollback");
            }
        }
        return left;
    }

    @Override
    public List<String> leftovers(Connection connection) throws SQLException {
        return leftovers.find(connection);
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
