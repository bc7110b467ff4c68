package dev.boundary.jooq.internal.session;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Values of the driver that know its connection, wrapped so that they lead back to the bound one. */
final class DriverValues {

    private final BoundConnection connection;

    DriverValues(BoundConnection connection) {
        this.connection = connection;
    }

    /** Rows of the driver that lead back to this connection. */
    ResultSet bind(ResultSet rows) throws SQLException {
        Statement statement = rows.getStatement();
        return statement == null
                ? rows
                : new BoundResultSet(rows, new BoundStatement(statement, connection, connection.binder()), connection);
    }

    /** An array of the driver, whose rows lead back to this connection. */
    @Nullable
    Array bind(@Nullable Array array) {
        return array == null ? null : new BoundArray(array, connection);
    }

    /** The same for a value of any type. */
    @Nullable
    Object bindAny(@Nullable Object value) throws SQLException {
        return switch (value) {
            case ResultSet rows -> bind(rows);
            case Array array -> bind(array);
            case null, default -> value;
        };
    }

    /** The same for a value that was asked for by its type, which may be the driver's own. */
    <T> @Nullable T bindAs(@Nullable T value, Class<T> type) throws SQLException {
        Object bound = bindAny(value);
        if (bound != null && !type.isInstance(bound)) {
            return Unwrapping.unwrap(bound, type);
        }
        return type.cast(bound);
    }
}
