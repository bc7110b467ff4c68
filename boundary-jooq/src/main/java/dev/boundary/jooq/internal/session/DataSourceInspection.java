package dev.boundary.jooq.internal.session;

import dev.boundary.core.routing.RoutingDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jooq.ConnectionProvider;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jspecify.annotations.Nullable;

/** Finds out what is beneath the connections that Boundary is given. */
public final class DataSourceInspection {

    private DataSourceInspection() {}

    /**
     * Finds what knows where the rows of a tenant are.
     *
     * @param application connections of the application role, bound already or not
     * @return the data source that leads to several places, or null if all connections lead to one
     * @throws IllegalArgumentException if another data source is wrapped around the one that leads to several places
     * @throws DataAccessException if the data source cannot be inspected
     */
    public static @Nullable RoutingDataSource routing(ConnectionProvider application) {
        return application instanceof DataSourceConnectionProvider source ? routing(source.dataSource()) : null;
    }

    /**
     * Finds what knows where the rows of a tenant are.
     *
     * @param application connections of the application role, bound already or not
     * @return the data source that leads to several places, or null if all connections lead to one
     * @throws IllegalArgumentException if another data source is wrapped around the one that leads to several places
     * @throws DataAccessException if the data source cannot be inspected
     */
    public static @Nullable RoutingDataSource routing(DataSource application) {
        try {
            DataSource source = raw(application);
            if (source instanceof RoutingDataSource routing) {
                return routing;
            }
            if (source.isWrapperFor(RoutingDataSource.class)) {
                throw wrapped(source);
            }
            return null;
        } catch (SQLException e) {
            throw new DataAccessException("Cannot determine where the data source leads", e);
        }
    }

    private static IllegalArgumentException wrapped(DataSource wrapper) {
        return new IllegalArgumentException("A " + wrapper.getClass().getName()
                + " is wrapped around the data source that leads to several places, and Boundary must know where"
                + " each connection leads. Wrap it around the data source of each place instead.");
    }

    private static DataSource raw(DataSource source) throws SQLException {
        return source.isWrapperFor(TenantDataSource.class)
                ? source.unwrap(TenantDataSource.class).application()
                : source;
    }

    /** Whether one of two data sources is the other, or is wrapped around it. */
    static boolean leadToTheSame(DataSource one, DataSource other) throws SQLException {
        DataSource first = raw(one);
        DataSource second = raw(other);
        return leads(first, second) || leads(second, first);
    }

    @SuppressWarnings("ReferenceEquality") // equal pools are not the same pool
    private static boolean leads(DataSource from, DataSource to) throws SQLException {
        return from == to || (from.isWrapperFor(to.getClass()) && from.unwrap(to.getClass()) == to);
    }

    /**
     * Finds the connection beneath one that may have been bound.
     *
     * @param connection the connection
     * @return the one whose statements are sent as they are
     * @throws SQLException if the connection cannot be inspected
     */
    public static Connection raw(Connection connection) throws SQLException {
        return connection.isWrapperFor(BoundConnection.class)
                ? connection.unwrap(BoundConnection.class).getDelegate()
                : connection;
    }

    /**
     * Asks the driver whether a connection is in no transaction.
     *
     * @param connection the connection
     * @return whether it is free
     * @throws SQLException if the connection cannot be inspected
     */
    public static boolean isFree(Connection connection) throws SQLException {
        return !PhysicalConnection.of(connection).hasBegun();
    }

    /**
     * Tries out whether connections carry the scope already.
     *
     * @param provider gives the connections
     * @return whether they do
     * @throws DataAccessException if no connection can be taken
     */
    public static boolean givesBound(ConnectionProvider provider) {
        Connection connection = provider.acquire();
        try {
            return connection != null && connection.isWrapperFor(BoundConnection.class);
        } catch (SQLException e) {
            throw new DataAccessException("Cannot determine whether connections carry the tenant", e);
        } finally {
            if (connection != null) {
                provider.release(connection);
            }
        }
    }

    /** Whether the connections carry the scope already. */
    static boolean isBound(ConnectionProvider provider) {
        try {
            return provider instanceof DataSourceConnectionProvider source
                    && source.dataSource().isWrapperFor(TenantDataSource.class);
        } catch (SQLException e) {
            throw new DataAccessException("Cannot determine whether the data source binds tenants", e);
        }
    }
}
