package dev.boundary.testing.internal.jdbc;

import dev.boundary.core.Scope;
import dev.boundary.rls.internal.sql.Jdbc;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement on its way to the database.
 *
 * @param sql what is sent, with placeholders
 * @param binds the calls that set its bind values, in their order
 * @param prepared whether it is a prepared statement
 * @param scope the scope that was open
 * @param line the line of the user's code that issued it
 */
public record Execution(String sql, List<Bind> binds, boolean prepared, Optional<Scope> scope, String line) {

    private static final Pattern PREFIX = Pattern.compile(
            "^\\s*select\\s+(?:pg_catalog\\.)?set_config\\([^;]*\\)\\s*;\\s*", Pattern.CASE_INSENSITIVE);

    /**
     * A call of {@code setObject} and its like.
     *
     * @param method the method
     * @param arguments its arguments
     */
    public record Bind(Method method, List<@Nullable Object> arguments) {}

    /**
     * The statement without the binding of the tenant.
     *
     * @return the SQL as its author wrote it
     */
    public String statement() {
        return PREFIX.matcher(sql).replaceFirst("");
    }

    /**
     * Runs it again on another connection.
     *
     * @param connection the connection
     * @return every row of every result, and every update count
     * @throws SQLException if it fails
     */
    public List<List<@Nullable String>> replay(Connection connection) throws SQLException {
        try (Statement statement = prepared ? connection.prepareStatement(sql) : connection.createStatement()) {
            return results(statement, execute(statement));
        }
    }

    /** Whether the first result has rows. */
    private boolean execute(Statement statement) throws SQLException {
        if (!(statement instanceof PreparedStatement preparedStatement)) {
            return statement.execute(sql);
        }
        for (Bind bind : binds) {
            call(bind, preparedStatement);
        }
        return preparedStatement.execute();
    }

    private static List<List<@Nullable String>> results(Statement statement, boolean first) throws SQLException {
        List<List<@Nullable String>> results = new ArrayList<>();
        boolean hasRows = first;
        while (hasRows || statement.getUpdateCount() >= 0) {
            if (hasRows) {
                try (ResultSet rows = statement.getResultSet()) {
                    results.addAll(Jdbc.rows(rows));
                }
            } else {
                results.add(List.of(Integer.toString(statement.getUpdateCount())));
            }
            hasRows = statement.getMoreResults();
        }
        return results;
    }

    private static void call(Bind bind, PreparedStatement statement) throws SQLException {
        try {
            bind.method().invoke(statement, bind.arguments().toArray());
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new SQLException("The bind values of the statement cannot be set again", e);
        }
    }
}
