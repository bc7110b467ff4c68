package dev.boundary.jooq.internal.session;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jooq.tools.jdbc.DefaultResultSet;
import org.jspecify.annotations.Nullable;

/** Rows that lead back to the bound statement, and not to the driver's. */
final class BoundResultSet extends DefaultResultSet {

    private final SqlAction closed;
    private final Rebinding values;

    /** Wraps rows; closed is called whenever they are closed. */
    BoundResultSet(ResultSet raw, Statement statement, SqlAction closed, Rebinding values) {
        super(raw, statement);
        this.closed = closed;
        this.values = values;
    }

    @Override
    public void close() throws SQLException {
        super.close();
        closed.run();
    }

    @Override
    public @Nullable Array getArray(int column) throws SQLException {
        return values.bind(super.getArray(column));
    }

    @Override
    public @Nullable Array getArray(String column) throws SQLException {
        return values.bind(super.getArray(column));
    }

    @Override
    public @Nullable Object getObject(int column) throws SQLException {
        return values.bindAny(super.getObject(column));
    }

    @Override
    public @Nullable Object getObject(String column) throws SQLException {
        return values.bindAny(super.getObject(column));
    }

    @Override
    public @Nullable Object getObject(int column, Map<String, Class<?>> map) throws SQLException {
        return values.bindAny(super.getObject(column, map));
    }

    @Override
    public @Nullable Object getObject(String column, Map<String, Class<?>> map) throws SQLException {
        return values.bindAny(super.getObject(column, map));
    }

    @Override
    public <T> @Nullable T getObject(int column, Class<T> type) throws SQLException {
        return values.bindAs(super.getObject(column, type), type);
    }

    @Override
    public <T> @Nullable T getObject(String column, Class<T> type) throws SQLException {
        return values.bindAs(super.getObject(column, type), type);
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
