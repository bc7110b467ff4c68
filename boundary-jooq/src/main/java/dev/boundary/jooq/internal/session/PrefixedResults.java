package dev.boundary.jooq.internal.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** What a prefixed statement returns, without the result of the prefix. */
final class PrefixedResults {

    private PrefixedResults() {}

    /** Moves from the prefix's result to the first of the statement itself; true if that is a result set. */
    static boolean skipPrefix(Statement statement) throws SQLException {
        return statement.getMoreResults(Statement.CLOSE_CURRENT_RESULT);
    }

    /** The result of {@code executeQuery}, with the driver's own error if there is none. */
    static ResultSet query(Statement statement, boolean isResultSet) throws SQLException {
        if (!isResultSet) {
            throw new PSQLException("No results were returned by the query.", PSQLState.NO_DATA);
        }
        return statement.getResultSet();
    }

    /** The result of {@code executeUpdate}, with the driver's own error if there are rows. */
    static long update(Statement statement, boolean isResultSet) throws SQLException {
        if (isResultSet) {
            throw new PSQLException("A result was returned when none was expected.", PSQLState.TOO_MANY_RESULTS);
        }
        return Math.max(0, statement.getLargeUpdateCount());
    }
}
