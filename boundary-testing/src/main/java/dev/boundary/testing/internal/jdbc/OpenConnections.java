package dev.boundary.testing.internal.jdbc;

import dev.boundary.testing.internal.jdbc.ConnectionHandler.Owner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The connections that a test has open, and what it leaves on them. Safe for use by several threads. */
final class OpenConnections implements ConnectionHandler.Listener {

    private final ConnectionSource source;
    private final Recorder recorder;

    /** By connection: the line that opened it. */
    private final Map<ConnectionHandler, String> open = new LinkedHashMap<>();

    OpenConnections(ConnectionSource source, Recorder recorder) {
        this.source = source;
        this.recorder = recorder;
    }

    /** Opens a connection for a line of code. */
    Connection open(Owner owner, String line) throws SQLException {
        ConnectionHandler connection = new ConnectionHandler(this, recorder, source.take(), owner);
        add(connection, line);
        return connection.proxy();
    }

    private synchronized void add(ConnectionHandler connection, String line) {
        open.put(connection, line);
    }

    private synchronized @Nullable String remove(ConnectionHandler connection) {
        return open.remove(connection);
    }

    private synchronized Map<ConnectionHandler, String> stillOpen() {
        return new LinkedHashMap<>(open);
    }

    @Override
    public void closed(ConnectionHandler connection) throws SQLException {
        String line = remove(connection);
        if (line != null) {
            addLeftovers(source.giveBack(connection.target()), connection, line);
        }
    }

    /** A pool that is closed aborts what is still in use. */
    @Override
    public void aborted(ConnectionHandler connection) {
        remove(connection);
        reportUser(connection);
    }

    private void reportUser(ConnectionHandler connection) {
        connection
                .user()
                .ifPresent(line -> recorder.addLeftovers(List.of("A connection was taken from a connection pool, last"
                        + " used at " + line + ", and not given back. Close it, best with try-with-resources.")));
    }

    // A pool's own thread may have opened it: then who used it says more.
    private void addLeftovers(List<String> found, ConnectionHandler connection, String line) {
        String where = connection
                .lastUser()
                .map(user -> "On the pooled connection last used at " + user + " ")
                .orElse("On the connection opened at " + line + " ");
        recorder.addLeftovers(found.stream().map(where::concat).toList());
    }

    /** Closes and reports the connections that are still open; those of a pool are only examined. */
    void end() throws SQLException {
        for (Map.Entry<ConnectionHandler, String> entry : stillOpen().entrySet()) {
            end(entry.getKey(), entry.getValue());
        }
    }

    private void end(ConnectionHandler connection, String line) throws SQLException {
        switch (connection.owner()) {
            case TEST -> closed(connection);
            case CODE -> {
                recorder.addLeftovers(List.of("The connection opened at " + line
                        + " was not closed. Close it, best with try-with-resources."));
                closed(connection);
            }
            case POOL -> examine(connection, line);
        }
    }

    /** The pool may live longer than the test, so its connection is left to it. */
    private void examine(ConnectionHandler connection, String line) throws SQLException {
        Connection target = connection.target();
        if (target.isClosed()) {
            return;
        }
        reportUser(connection);
        List<String> found = LeftoverFinder.inTransaction(target)
                ? List.of("a transaction is still open. Commit it or roll it back.")
                : source.leftovers(target);
        addLeftovers(found, connection, line);
    }
}
