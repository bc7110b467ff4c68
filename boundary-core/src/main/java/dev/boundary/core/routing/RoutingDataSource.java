package dev.boundary.core.routing;

import dev.boundary.core.Scope;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantNotSetException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A data source that gives connections to the place where the rows of the open scope are. There is no default place: if
 * none is known, it throws and connects to no database.
 *
 * <p>Give it to Boundary unwrapped. Pools, measuring proxies and the like belong beneath it: each place has its own.
 *
 * @since 0.1
 */
public interface RoutingDataSource extends DataSource {

    /**
     * The place of the rows of a scope, if the scope or the registered tenant determines it.
     *
     * @param scope the scope
     * @return the placement; empty if nothing determines it
     * @throws UnknownPlacementException if it is not certain
     */
    Optional<Placement> find(Scope scope);

    /**
     * Where the rows of a scope are.
     *
     * @param scope the scope
     * @return the placement
     * @throws UnknownPlacementException if it is not certain
     * @throws UnknownRegionException if nothing says in which region
     */
    Placement placementOf(Scope scope);

    /**
     * The data source of one place, whatever scope is open.
     *
     * @param placement the place
     * @return its data source
     * @throws UnknownPlacementException if there is none for it
     * @throws UnknownRegionException if there is none for its region
     */
    DataSource at(Placement placement);

    /**
     * The places that exist from the start. Places of tenants of their own may be added later.
     *
     * @return the places
     */
    Set<Placement> permanent();

    /**
     * Whether tenants may have schemas of their own, so that statements must name tables without a schema.
     *
     * @return whether there may be an own schema
     */
    boolean hasOwnSchemas();

    /**
     * The data source of the open scope.
     *
     * @return the data source
     * @throws TenantNotSetException if no scope is open
     */
    private DataSource ofOpenScope() {
        return at(placementOf(TenantContext.current()
                .orElseThrow(() -> TenantNotSetException.noScope("A connection to the database of a tenant"))));
    }

    @Override
    default Connection getConnection() throws SQLException {
        return ofOpenScope().getConnection();
    }

    @Override
    default Connection getConnection(String username, String password) throws SQLException {
        return ofOpenScope().getConnection(username, password);
    }

    @Override
    default PrintWriter getLogWriter() throws SQLException {
        throw notOfAll("getLogWriter");
    }

    @Override
    default void setLogWriter(PrintWriter out) throws SQLException {
        throw notOfAll("setLogWriter");
    }

    @Override
    default void setLoginTimeout(int seconds) throws SQLException {
        throw notOfAll("setLoginTimeout");
    }

    @Override
    default int getLoginTimeout() throws SQLException {
        throw notOfAll("getLoginTimeout");
    }

    @Override
    default Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw notOfAll("getParentLogger");
    }

    private static SQLFeatureNotSupportedException notOfAll(String method) {
        return new SQLFeatureNotSupportedException(
                method + " belongs to the data source of each place: call it there.");
    }

    @Override
    default <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("There is no one data source of type " + type.getName() + " beneath a "
                + getClass().getSimpleName() + ": each place has its own.");
    }

    @Override
    default boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
