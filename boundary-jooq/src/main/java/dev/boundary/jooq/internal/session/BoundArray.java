package dev.boundary.jooq.internal.session;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An array whose rows lead back to the bound connection, and not to the driver's. */
final class BoundArray implements Array {

    private final Array raw;
    private final BoundConnection connection;

    BoundArray(Array raw, BoundConnection connection) {
        this.raw = raw;
        this.connection = connection;
    }

    /** The driver's array, which is all that it can send as a parameter in binary. */
    static @Nullable Array raw(@Nullable Array array) {
        return array instanceof BoundArray bound ? bound.raw : array;
    }

    /** The same for a parameter that may be anything. */
    static @Nullable Object raw(@Nullable Object parameter) {
        return parameter instanceof BoundArray bound ? bound.raw : parameter;
    }

    @Override
    public String getBaseTypeName() throws SQLException {
        return raw.getBaseTypeName();
    }

    @Override
    public int getBaseType() throws SQLException {
        return raw.getBaseType();
    }

    @Override
    public Object getArray() throws SQLException {
        return raw.getArray();
    }

    @Override
    public Object getArray(Map<String, Class<?>> map) throws SQLException {
        return raw.getArray(map);
    }

    @Override
    public Object getArray(long index, int count) throws SQLException {
        return raw.getArray(index, count);
    }

    @Override
    public Object getArray(long index, int count, Map<String, Class<?>> map) throws SQLException {
        return raw.getArray(index, count, map);
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        return connection.bind(raw.getResultSet());
    }

    @Override
    public ResultSet getResultSet(Map<String, Class<?>> map) throws SQLException {
        return connection.bind(raw.getResultSet(map));
    }

    @Override
    public ResultSet getResultSet(long index, int count) throws SQLException {
        return connection.bind(raw.getResultSet(index, count));
    }

    @Override
    public ResultSet getResultSet(long index, int count, Map<String, Class<?>> map) throws SQLException {
        return connection.bind(raw.getResultSet(index, count, map));
    }

    @Override
    public void free() throws SQLException {
        raw.free();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BoundArray bound ? raw.equals(bound.raw) : raw.equals(other);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    /** The text of the array, as the driver writes it. */
    @Override
    public String toString() {
        return raw.toString();
    }
}
