package dev.boundary.jooq.internal.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.GT;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** What a prefixed statement returned, without the result of the prefix, and in the way in which the driver gives it. */
final class PrefixedResults {

    private static final long NO_COUNT = -1;

    private final List<Result> results;
    private int current;

    private record Result(@Nullable ResultSet rows, long count) {}

    private PrefixedResults(List<Result> results) {
        this.results = results;
    }

    /**
     * Reads the results of what was executed.
     *
     * @param statement the driver's statement, at the result of the prefix
     * @param statements how many statements the caller's text has
     */
    static PrefixedResults of(Statement statement, int statements) throws SQLException {
        List<Result> results = new ArrayList<>(statements);
        boolean isResultSet = statement.getMoreResults(Statement.CLOSE_CURRENT_RESULT);
        while (true) {
            Result result = isResultSet
                    ? new Result(statement.getResultSet(), NO_COUNT)
                    : new Result(null, statement.getLargeUpdateCount());
            if (!isResultSet && result.count() == NO_COUNT) {
                break;
            }
            results.add(result);
            if (statements == 1) {
                break;
            }
            isResultSet = statement.getMoreResults(Statement.KEEP_CURRENT_RESULT);
        }
        return new PrefixedResults(results);
    }

    private @Nullable Result result() {
        return current < results.size() ? results.get(current) : null;
    }

    boolean isResultSet() {
        return rows() != null;
    }

    /** The rows of the current result; null if it has none, or there is none. */
    @Nullable
    ResultSet rows() {
        Result result = result();
        return result == null ? null : result.rows();
    }

    /** The count of the current result; -1 if it is a result set, or there is none. */
    long count() {
        Result result = result();
        return result == null ? NO_COUNT : result.count();
    }

    /** Moves on; whether the next is a result set. */
    boolean next(int closing) throws SQLException {
        if (closing != Statement.KEEP_CURRENT_RESULT) {
            close(closing == Statement.CLOSE_ALL_RESULTS ? 0 : current);
        }
        current++;
        return isResultSet();
    }

    private void close(int from) throws SQLException {
        for (int i = from; i <= current && i < results.size(); i++) {
            ResultSet rows = results.get(i).rows();
            if (rows != null) {
                rows.close();
            }
        }
    }

    /** Whether every result set has been closed. */
    boolean areClosed() throws SQLException {
        for (Result result : results) {
            if (result.rows() != null && !result.rows().isClosed()) {
                return false;
            }
        }
        return true;
    }

    /** The result of {@code executeQuery}, with the driver's own errors. */
    ResultSet query() throws SQLException {
        ResultSet rows = rows();
        if (rows == null) {
            throw new PSQLException(GT.tr("No results were returned by the query."), PSQLState.NO_DATA);
        }
        if (results.size() > 1) {
            throw new PSQLException(
                    GT.tr("Multiple ResultSets were returned by the query."), PSQLState.TOO_MANY_RESULTS);
        }
        return rows;
    }

    /** The result of {@code executeUpdate}, with the driver's own error if there are rows. */
    long update() throws SQLException {
        if (results.stream().anyMatch(result -> result.rows() != null)) {
            throw new PSQLException(GT.tr("A result was returned when none was expected."), PSQLState.TOO_MANY_RESULTS);
        }
        return count();
    }

    /** A count as {@code int}, as the driver gives it. */
    static int asInt(long count) {
        return count > Integer.MAX_VALUE ? Statement.SUCCESS_NO_INFO : (int) count;
    }
}
