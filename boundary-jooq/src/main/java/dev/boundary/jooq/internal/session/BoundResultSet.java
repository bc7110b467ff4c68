package dev.boundary.jooq.internal.session;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jooq.tools.jdbc.DefaultResultSet;
import org.jspecify.annotations.Nullable;

/** Rows that lead back to the bound statement, and not to the driver's. */
final class BoundResultSet extends DefaultResultSet {

    private final ScopedStatement statement;
    private final BoundConnection connection;

    BoundResultSet(ResultSet raw, ScopedStatement statement, BoundConnection connection) {
        super(raw, statement);
        this.statement = statement;
        this.connection = connection;
    }

    @Override
    public void close() throws SQLException {
        super.close();
        statement.completion().resultSetClosed();
    }

    @Override
    public @Nullable Array getArray(int column) throws SQLException {
        return connection.bind(super.getArray(column));
    }

    @Override
    public @Nullable Array getArray(String column) throws SQLException {
        return connection.bind(super.getArray(column));
    }

    @Override
    public @Nullable Object getObject(int column) throws SQLException {
        return connection.bindAny(super.getObject(column));
    }

    @Override
    public @Nullable Object getObject(String column) throws SQLException {
        return connection.bindAny(super.getObject(column));
    }

    @Override
    public @Nullable Object getObject(int column, Map<String, Class<?>> map) throws SQLException {
        return connection.bindAny(super.getObject(column, map));
    }

    @Override
    public @Nullable Object getObject(String column, Map<String, Class<?>> map) throws SQLException {
        return connection.bindAny(super.getObject(column, map));
    }

    @Override
    public <T> @Nullable T getObject(int column, Class<T> type) throws SQLException {
        return connection.bindAs(super.getObject(column, type), type);
    }

    @Override
    public <T> @Nullable T getObject(String column, Class<T> type) throws SQLException {
        return connection.bindAs(super.getObject(column, type), type);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return Unwrapping.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
