package dev.boundary.testing.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Where recorded connections come from. */
public interface ConnectionSource extends AutoCloseable {

    /** What is said of a connection that comes back in the middle of a transaction. */
    String STILL_OPEN = "a transaction is still open. Commit it or roll it back before the connection is closed.";

    /**
     * A connection in autocommit.
     *
     * @return the connection
     * @throws SQLException if there is none
     */
    Connection take() throws SQLException;

    /**
     * Gives a connection back.
     *
     * @param connection one from {@link #take()}
     * @return what was left behind on it, one sentence each
     * @throws SQLException if the connection cannot be examined
     */
    List<String> giveBack(Connection connection) throws SQLException;

    /**
     * Examines a connection that is not given back and in no transaction.
     *
     * @param connection one from {@link #take()}
     * @return what was left behind on it, one sentence each
     * @throws SQLException if the connection cannot be examined
     */
    List<String> leftovers(Connection connection) throws SQLException;

    @Override
    void close() throws SQLException;
}
