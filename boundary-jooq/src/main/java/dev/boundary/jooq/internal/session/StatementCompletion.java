package dev.boundary.jooq.internal.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Closes a statement when its result sets are closed, if its caller wants that. The driver cannot do it: it would close
 * the statement with the result of the prefix.
 */
final class StatementCompletion {

    private Statement statement;
    private final Rebinding values;
    private @Nullable PrefixedResults results;
    private boolean closes;
    private @Nullable BoundResultSet bound;
    private @Nullable ResultSet boundRows;

    StatementCompletion(Statement statement, Rebinding values) {
        this.statement = statement;
        this.values = values;
    }

    /** Something is about to be, or was, executed; null if the driver knows the results itself. */
    void executed(@Nullable PrefixedResults now) {
        results = now;
    }

    /** Rows that lead back to the statement: the same object for the same rows. */
    BoundResultSet bind(ResultSet rows, Statement owner) {
        BoundResultSet last = bound;
        if (last == null || !rows.equals(boundRows)) {
            last = new BoundResultSet(rows, owner, this::resultSetClosed, values);
            boundRows = rows;
            bound = last;
        }
        return last;
    }

    /** The same for rows that may not be there. */
    @Nullable
    BoundResultSet bindAny(@Nullable ResultSet rows, Statement owner) {
        return rows == null ? null : bind(rows, owner);
    }

    /** The current rows, which lead back to the statement; null if there are none. */
    @Nullable
    ResultSet rows(Statement owner) throws SQLException {
        ResultSet rows = statement.getResultSet(); // throws if the statement is closed
        return bindAny(results == null ? rows : results.rows(), owner);
    }

    /** The current count; -1 if there is none. */
    long count() throws SQLException {
        long count = statement.getLargeUpdateCount();
        return results == null ? count : results.count();
    }

    /** Moves to the next result. */
    boolean next(int closing) throws SQLException {
        return (results == null || statement.isClosed()) ? statement.getMoreResults(closing) : results.next(closing);
    }

    /** Another statement of the driver takes the place of the first. */
    void replace(Statement other) {
        statement = other;
        results = null;
    }

    void closeOnCompletion() {
        closes = true;
    }

    boolean isCloseOnCompletion() {
        return closes;
    }

    /** A result set was closed. */
    void resultSetClosed() throws SQLException {
        if (closes && !statement.isClosed() && isComplete()) {
            statement.close();
        }
    }

    private boolean isComplete() throws SQLException {
        if (results != null) {
            return results.areClosed();
        }
        ResultSet rows = statement.getResultSet();
        return rows == null || rows.isClosed();
    }
}
