package dev.boundary.jooq.internal.session;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Values of the driver that know its connection, wrapped so that they lead back to the bound one. */
final class DriverValues implements Rebinding {

    private final StatementOwner owner;

    DriverValues(Connection connection, StatementBinder binder) {
        this.owner = new StatementOwner(connection, binder, this);
    }

    /** For statements of the connection. */
    StatementOwner owner() {
        return owner;
    }

    @Override
    public ResultSet bind(ResultSet rows) throws SQLException {
        Statement statement = rows.getStatement();
        if (statement == null) {
            return rows;
        }
        BoundStatement bound = new BoundStatement(statement, owner);
        return bound.completion().bind(rows, bound);
    }

    @Override
    public @Nullable Array bind(@Nullable Array array) {
        return array == null ? null : new BoundArray(array, this);
    }

    @Override
    public @Nullable Object bindAny(@Nullable Object value) throws SQLException {
        return switch (value) {
            case ResultSet rows -> bind(rows);
            case Array array -> bind(array);
            case null, default -> value;
        };
    }

    @Override
    public <T> @Nullable T bindAs(@Nullable T value, Class<T> type) throws SQLException {
        Object bound = bindAny(value);
        if (bound != null && !type.isInstance(bound)) {
            return Unwrapping.unwrap(bound, type);
        }
        return type.cast(bound);
    }
}
