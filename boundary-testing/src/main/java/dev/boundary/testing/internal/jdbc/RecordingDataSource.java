package dev.boundary.testing.internal.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections whose statements, results and leftovers are recorded. Safe for use by several threads. */
public final class RecordingDataSource implements DataSource {

    private final ConnectionSource source;
    private final Recorder recorder;
    private final Map<ConnectionHandler, String> open = new LinkedHashMap<>();

    /**
     * For one test.
     *
     * @param source where connections come from
     * @param recorder who writes down what happens
     */
    public RecordingDataSource(ConnectionSource source, Recorder recorder) {
        this.source = source;
        this.recorder = recorder;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return open(
                RecordedCallSite.inPool() ? ConnectionHandler.Owner.POOL : ConnectionHandler.Owner.CODE,
                RecordedCallSite.find());
    }

    /**
     * A connection that is closed at the end of the test, so that nobody else need do it.
     *
     * @return the connection
     * @throws SQLException if there is none
     */
    public Connection lend() throws SQLException {
        return open(ConnectionHandler.Owner.TEST, "the test's parameter");
    }

    private Connection open(ConnectionHandler.Owner owner, String line) throws SQLException {
        ConnectionHandler handler = new ConnectionHandler(this, recorder, source.take(), owner);
        synchronized (open) {
            open.put(handler, line);
        }
        return handler.proxy();
    }

    void close(ConnectionHandler handler) throws SQLException {
        String line;
        synchronized (open) {
            line = open.remove(handler);
        }
        if (line != null) {
            addLeftovers(source.giveBack(handler.target()), handler, line);
        }
    }

    /** A pool that is closed aborts what is still in use. */
    void aborted(ConnectionHandler handler) {
        synchronized (open) {
            open.remove(handler);
        }
        reportUser(handler);
    }

    private void reportUser(ConnectionHandler handler) {
        handler.user()
                .ifPresent(line -> recorder.addLeftovers(List.of("A connection was taken from a connection pool, last"
                        + " used at " + line + ", and not given back. Close it, best with try-with-resources.")));
    }

    // A pool's own thread may have opened it: then who used it says more.
    private void addLeftovers(List<String> found, ConnectionHandler handler, String line) {
        String connection = handler.lastUser()
                .map(user -> "On the pooled connection last used at " + user + " ")
                .orElse("On the connection opened at " + line + " ");
        recorder.addLeftovers(
                found.stream().map(sentence -> connection + sentence).toList());
    }

    /**
     * Ends the test: connections that are still open are closed and reported, except those that a pool opened, which
     * are only looked at.
     *
     * @throws SQLException if one cannot be closed
     */
    public void end() throws SQLException {
        Map<ConnectionHandler, String> left;
        synchronized (open) {
            left = new LinkedHashMap<>(open);
        }
        for (Map.Entry<ConnectionHandler, String> entry : left.entrySet()) {
            ConnectionHandler handler = entry.getKey();
            switch (handler.owner()) {
                case TEST -> close(handler);
                case CODE -> {
                    recorder.addLeftovers(List.of("The connection opened at " + entry.getValue()
                            + " was not closed. Close it, best with try-with-resources."));
                    close(handler);
                }
                case POOL -> lookAt(handler, entry.getValue());
            }
        }
    }

    /** The pool may live longer than the test, so its connection is left to it. */
    private void lookAt(ConnectionHandler handler, String line) throws SQLException {
        Connection target = handler.target();
        if (target.isClosed()) {
            return;
        }
        reportUser(handler);
        List<String> found = Leftovers.inTransaction(target)
                ? List.of("a transaction is still open. Commit it or roll it back.")
                : source.leftovers(target);
        addLeftovers(found, handler, line);
    }

    static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(RecordingDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException(
                "The role of this data source is fixed. Ask for a DataSource of another role with @As.");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("There is no log to write");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("The login timeout is fixed");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("There is no java.util.logging here");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("A recording data source is no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
