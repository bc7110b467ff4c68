package dev.boundary.testing.internal.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plain JDBC in few words. */
public final class Sql {

    private Sql() {}

    /**
     * Quotes an identifier.
     *
     * @param identifier the name as the catalog has it
     * @return the name for use in SQL
     */
    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /**
     * Quotes identifiers.
     *
     * @param identifiers names as the catalog has them
     * @return the names for use in SQL, separated by commas
     */
    public static String quote(Collection<String> identifiers) {
        return identifiers.stream().map(Sql::quote).collect(Collectors.joining(", "));
    }

    /**
     * Quotes a text.
     *
     * @param text any text
     * @return a literal for use in SQL
     */
    public static String literal(String text) {
        String quoted = "'" + text.replace("'", "''") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }

    /**
     * Runs a query.
     *
     * @param connection the connection
     * @param sql one statement with a placeholder for each value
     * @param values the bind values
     * @return all rows; each value as PostgreSQL prints it
     * @throws SQLException if it fails
     */
    public static List<List<@Nullable String>> rows(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet result = statement.executeQuery()) {
                return texts(result);
            }
        }
    }

    /**
     * Runs a query for one value.
     *
     * @param connection the connection
     * @param sql one statement with a placeholder for each value
     * @param values the bind values
     * @return the first column of the first row, or null if it is NULL or there is no row
     * @throws SQLException if it fails
     */
    public static @Nullable String value(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        List<List<@Nullable String>> rows = rows(connection, sql, values);
        return rows.isEmpty() ? null : rows.getFirst().getFirst();
    }

    /**
     * Runs a statement.
     *
     * @param connection the connection
     * @param sql one statement with a placeholder for each value
     * @param values the bind values
     * @return the number of rows it changed, 0 for a query
     * @throws SQLException if it fails
     */
    public static int run(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.execute() ? 0 : statement.getUpdateCount();
        }
    }

    /**
     * Reads a result to its end.
     *
     * @param result the result; not closed
     * @return all rows; each value as PostgreSQL prints it
     * @throws SQLException if it fails
     */
    public static List<List<@Nullable String>> texts(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (result.next()) {
            List<@Nullable String> row = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                row.add(result.getString(i));
            }
            rows.add(row);
        }
        return rows;
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
