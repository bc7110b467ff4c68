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
     * The statement without what binds the tenant.
     *
     * @return the SQL as its author knows it
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
        List<List<@Nullable String>> results = new ArrayList<>();
        try (Statement statement = prepared ? connection.prepareStatement(sql) : connection.createStatement()) {
            boolean result;
            if (statement instanceof PreparedStatement preparedStatement) {
                for (Bind bind : binds) {
                    call(bind, preparedStatement);
                }
                result = preparedStatement.execute();
            } else {
                result = statement.execute(sql);
            }
            while (result || statement.getUpdateCount() >= 0) {
                if (result) {
                    try (ResultSet rows = statement.getResultSet()) {
                        results.addAll(Jdbc.rows(rows));
                    }
                } else {
                    results.add(List.of(Integer.toString(statement.getUpdateCount())));
                }
                result = statement.getMoreResults();
            }
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
