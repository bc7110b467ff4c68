package dev.boundary.tenants.internal.tables;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plain JDBC in few words, and names and values in SQL that stay names and values. */
public final class Sql {

    private Sql() {}

    /**
     * Quotes an identifier.
     *
     * @param name the name as the catalog has it
     * @return the name for use in SQL
     */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * Quotes identifiers.
     *
     * @param names names as the catalog has them
     * @return the names for use in SQL, separated by commas
     */
    public static String identifiers(Collection<String> names) {
        return names.stream().map(Sql::identifier).collect(Collectors.joining(", "));
    }

    /**
     * Quotes a text, for the statements that take no bind values.
     *
     * @param value any text
     * @return a literal that reads the same whatever {@code standard_conforming_strings} says
     */
    public static String literal(String value) {
        String quoted = "'" + value.replace("'", "''") + "'";
        return value.indexOf('\\') < 0 ? quoted : " E" + quoted.replace("\\", "\\\\");
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
        }
    }

    /**
     * Runs a query for one number.
     *
     * @param connection the connection
     * @param sql one statement with a placeholder for each value
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
     * @param sql one statement with a placeholder for each value
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

    /**
     * Whether a table is there and the role may read it.
     *
     * @param connection the connection
     * @param schema the table's schema, unquoted
     * @param table the table's name, unquoted
     * @return true if it may
     * @throws SQLException if the catalog cannot be read
     */
    public static boolean canRead(Connection connection, String schema, String table) throws SQLException {
        return number(
                        connection,
                        "select pg_catalog.count(*) from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid ="
                                + " c.relnamespace where n.nspname = ? and c.relname = ?"
                                + " and pg_catalog.has_schema_privilege(n.oid, 'USAGE')"
                                + " and pg_catalog.has_table_privilege(c.oid, 'SELECT')",
                        schema,
                        table)
                == 1;
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
