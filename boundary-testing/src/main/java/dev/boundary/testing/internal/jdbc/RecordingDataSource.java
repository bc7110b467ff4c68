package dev.boundary.testing.internal.jdbc;

import dev.boundary.testing.internal.jdbc.ConnectionHandler.Owner;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections whose statements, results and leftovers are recorded. Safe for use by several threads. */
public final class RecordingDataSource implements DataSource {

    private final OpenConnections connections;

    /**
     * For one test.
     *
     * @param source where connections come from
     * @param recorder keeps what happens on them
     */
    public RecordingDataSource(ConnectionSource source, Recorder recorder) {
        this.connections = new OpenConnections(source, recorder);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connections.open(RecordedCallSite.inPool() ? Owner.POOL : Owner.CODE, RecordedCallSite.find());
    }

    /**
     * A connection that the end of the test closes, so that no one else has to.
     *
     * @return the connection
     * @throws SQLException if there is none
     */
    public Connection lend() throws SQLException {
        return connections.open(Owner.TEST, "the test's parameter");
    }

    /**
     * Ends the test: closes and reports connections that are still open, but only examines those that a pool opened.
     *
     * @throws SQLException if one cannot be closed
     */
    public void end() throws SQLException {
        connections.end();
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
