package dev.boundary.rls.internal.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plain JDBC in few words. Statements have a placeholder for each value; connections stay open. */
public final class Jdbc {

    private Jdbc() {}

    /**
     * Runs a query.
     *
     * @param connection the connection
     * @param sql one statement
     * @param values the bind values
     * @return all rows; each value as PostgreSQL prints it
     * @throws SQLException if it fails
     */
    public static List<List<@Nullable String>> rows(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet result = statement.executeQuery()) {
                return rows(result);
            }
        }
    }

    /**
     * Reads a result to its end.
     *
     * @param result the result; not closed
     * @return all rows; each value as PostgreSQL prints it
     * @throws SQLException if it fails
     */
    public static List<List<@Nullable String>> rows(ResultSet result) throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (result.next()) {
            List<@Nullable String> row = new ArrayList<>(columns);
            for (int i = 1; i <= columns; i++) {
                row.add(result.getString(i));
            }
            rows.add(row);
        }
        return rows;
    }

    /**
     * Runs a query for one value.
     *
     * @param connection the connection
     * @param sql one statement
     * @param values the bind values
     * @return the first column of the first row as PostgreSQL prints it; null if it is NULL or there is no row
     * @throws SQLException if it fails
     */
    public static @Nullable String value(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        List<List<@Nullable String>> rows = rows(connection, sql, values);
        return rows.isEmpty() ? null : rows.getFirst().getFirst();
    }

    /**
     * Runs a query for one number.
     *
     * @param connection the connection
     * @param sql one statement
     * @param values the bind values
     * @return the first column of the first row, 0 for NULL
     * @throws SQLException if it fails or has no row
     */
    public static long number(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet result = statement.executeQuery()) {
                if (!result.next()) {
                    throw new SQLException("No row from: " + sql);
                }
                return result.getLong(1);
            }
        }
    }

    /**
     * Runs a statement.
     *
     * @param connection the connection
     * @param sql one statement
     * @param values the bind values
     * @return the number of rows it changed, 0 for a query
     * @throws SQLException if it fails
     */
    public static long run(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.execute() ? 0 : statement.getLargeUpdateCount();
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
