package dev.boundary.registry.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A statement and the values bound to its parameters. It is prepared each time it runs; the connection stays open. */
public final class RegistryStatement {

    private final Connection connection;
    private final String sql;
    private final @Nullable Object[] values;

    private RegistryStatement(Connection connection, String sql, @Nullable Object[] values) {
        this.connection = connection;
        this.sql = sql;
        this.values = values;
    }

    /**
     * Binds values to a statement.
     *
     * @param connection runs the statement
     * @param sql the statement, with one {@code ?} for each value
     * @param values the values in their order: null for a NULL of type text, a {@code String[]} for a {@code text[]}
     * @return the statement, which has not run yet
     */
    public static RegistryStatement of(Connection connection, String sql, @Nullable Object... values) {
        return new RegistryStatement(connection, sql, values.clone());
    }

    /**
     * Reads a result, which is closed afterwards.
     *
     * @param <T> the type of what it reads
     */
    @FunctionalInterface
    public interface ResultReader<T> {

        /**
         * Reads the result.
         *
         * @param rows the result, before its first row
         * @return what it holds
         * @throws SQLException if the result cannot be read
         */
        T read(ResultSet rows) throws SQLException;
    }

    /**
     * Runs a query.
     *
     * @param reader reads the result
     * @param <T> the type of what the result holds
     * @return what the reader returned
     * @throws SQLException if the query fails or the result cannot be read
     */
    public <T> T read(ResultReader<T> reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                return reader.read(rows);
            }
        }
    }

    /** Runs a statement that changes rows, and returns how many it changed. */
    int update() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement);
            return statement.executeUpdate();
        }
    }

    private void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
    }

    private void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setString(index, null);
            case String[] texts -> statement.setArray(index, connection.createArrayOf("text", texts));
            default -> statement.setObject(index, value);
        }
    }
}
