package dev.boundary.jooq.internal.session;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.UnscopedScope;
import dev.boundary.core.event.Violation;
import dev.boundary.core.routing.RoutingDataSource;
import dev.boundary.jooq.schema.TenantSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.ConnectionProvider;
import org.jooq.ExecuteListenerProvider;
import org.jooq.VisitListenerProvider;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jspecify.annotations.Nullable;

/** Binds scopes to connections. Immutable and safe for use by several threads. */
public final class SessionLayer {

    private final SessionSettings settings;
    private final TenantSql tenantSql;
    private final @Nullable DataSource admin;

    /**
     * For one application.
     *
     * @param settings what to bind, and how
     * @param admin connections of the admin role for unscoped work, or null to refuse such work
     */
    public SessionLayer(SessionSettings settings, @Nullable DataSource admin) {
        this.settings = settings;
        this.tenantSql = new TenantSql(settings.variable(), settings.strategy());
        this.admin = admin;
    }

    /**
     * Connections whose statements carry the scope: those of the application role, and in an unscoped scope those of
     * the admin role. Places that are there from the start are checked now, others before their first use.
     *
     * @param application connections of the application role, bound already or not
     * @param check looks at each place of a {@link RoutingDataSource}
     * @return the provider
     */
    public ConnectionProvider connections(ConnectionProvider application, PlaceCheck check) {
        if (isBound(application)) {
            return application;
        }
        RoutingDataSource routing = routing(application);
        return new ScopedConnectionProvider(this, application, routing == null ? null : placed(routing, check), admin);
    }

    private static boolean isBound(ConnectionProvider provider) {
        try {
            return provider instanceof ScopedConnectionProvider
                    || (provider instanceof DataSourceConnectionProvider source
                            && source.dataSource().isWrapperFor(TenantDataSource.class));
        } catch (SQLException e) {
            throw new DataAccessException("It cannot be told whether the data source carries tenants", e);
        }
    }

    /**
     * The same for what does not go through jOOQ. Statements outside any scope are refused.
     *
     * @param application connections of the application role
     * @param check looks at each place of a {@link RoutingDataSource}
     * @return the data source
     */
    public DataSource dataSource(DataSource application, PlaceCheck check) {
        RoutingDataSource routing = routing(application);
        return new TenantDataSource(this, application, routing == null ? null : placed(routing, check), admin);
    }

    private PlacedConnections placed(RoutingDataSource routing, PlaceCheck check) {
        PlacedConnections placed = new PlacedConnections(this, settings, routing, check);
        placed.checkPermanent();
        return placed;
    }

    /**
     * Who says where the rows of a tenant are.
     *
     * @param application connections of the application role, bound already or not
     * @return the data source that leads to several places, or null if all connections lead to one
     * @throws IllegalArgumentException if there is another data source around the one that leads to several places
     */
    public static @Nullable RoutingDataSource routing(ConnectionProvider application) {
        return application instanceof DataSourceConnectionProvider source ? routing(source.dataSource()) : null;
    }

    /**
     * Who says where the rows of a tenant are.
     *
     * @param application connections of the application role, bound already or not
     * @return the data source that leads to several places, or null if all connections lead to one
     * @throws IllegalArgumentException if there is another data source around the one that leads to several places
     */
    public static @Nullable RoutingDataSource routing(DataSource application) {
        try {
            DataSource source = unbound(application);
            if (source instanceof RoutingDataSource routing) {
                return routing;
            }
            if (source.isWrapperFor(RoutingDataSource.class)) {
                throw new IllegalArgumentException(
                        "There is a " + source.getClass().getName()
                                + " around the data source that leads to several places, and Boundary must know where each"
                                + " connection leads. Put it around the data source of each place instead.");
            }
            return null;
        } catch (SQLException e) {
            throw new DataAccessException("It cannot be told where the data source leads", e);
        }
    }

    /**
     * The listener that watches over the statements of a configuration.
     *
     * @param schema which columns hold the tenant
     * @param rules what a statement may do, by the configuration it runs in
     * @param queryLayer what must have rewritten each statement; null for nothing
     * @return the provider
     */
    public ExecuteListenerProvider listeners(
            TenantSchema schema, Rules rules, @Nullable VisitListenerProvider queryLayer) {
        SessionListener listener = new SessionListener(settings, new TenantColumns(schema), rules, queryLayer);
        return () -> listener;
    }

    /** Decides what a statement may do beyond the usual. */
    @FunctionalInterface
    public interface Rules {
        /**
         * Decides.
         *
         * @param configuration the configuration the statement runs in
         * @return what it may do
         */
        StatementRules of(Configuration configuration);
    }

    /**
     * Binds the scope to the statements of one connection of the application role.
     *
     * @param connection the connection; closing what is returned closes it
     * @return the same connection, bound; statements outside any scope are refused
     * @throws SQLException if the tenant cannot be set
     */
    public Connection bind(Connection connection) throws SQLException {
        return tenantConnection(connection, null);
    }

    /**
     * Takes back what {@link #bind} has set for the session, if it has.
     *
     * @param bound what {@code bind} returned
     * @throws SQLException if it cannot be taken back; the connection has been closed then
     */
    public static void giveBack(Connection bound) throws SQLException {
        bound.unwrap(BoundConnection.class).giveBack();
    }

    /**
     * The data source beneath one that may carry tenants.
     *
     * @param source the data source
     * @return the one whose connections send statements as they are
     * @throws SQLException if it cannot be told
     */
    public static DataSource unbound(DataSource source) throws SQLException {
        return source.isWrapperFor(TenantDataSource.class)
                ? source.unwrap(TenantDataSource.class).application()
                : source;
    }

    /**
     * The connection beneath one that may have been bound.
     *
     * @param connection the connection
     * @return the one whose statements are sent as they are
     * @throws SQLException if it cannot be told
     */
    public static Connection unbound(Connection connection) throws SQLException {
        return connection.isWrapperFor(BoundConnection.class)
                ? connection.unwrap(BoundConnection.class).getDelegate()
                : connection;
    }

    /** Whether a connection must be the admin role's: in an unscoped scope. */
    boolean needsAdmin() {
        if (!(TenantContext.current().orElse(null) instanceof UnscopedScope unscoped)) {
            return false;
        }
        if (admin == null) {
            StatementRefusedException refused = new StatementRefusedException(
                    unscoped + " work",
                    "It runs as the admin role, and this Boundary was built without an admin connection source.",
                    "Give it one: Boundary.builder(schema).admin(adminDataSource).");
            settings.events().publish(new Violation(Optional.of(unscoped), refused, true));
            throw refused;
        }
        return true;
    }

    BoundConnection tenantConnection(Connection raw, @Nullable Route route) throws SQLException {
        if (settings.binds() && settings.strategy() == BindingStrategy.CHECKOUT) {
            return checkedOut(raw, route);
        }
        return new BoundConnection(
                raw, new TenantGuard(settings, route), tenantSql, settings, prefixes(), namesOnly(raw, route));
    }

    /** Whether statements must name tables without a schema; also on a connection that was bound before. */
    private static boolean namesOnly(Connection raw, @Nullable Route route) throws SQLException {
        return route == null
                ? raw.isWrapperFor(BoundConnection.class)
                        && raw.unwrap(BoundConnection.class).namesOnly()
                : route.routing().hasOwnSchemas();
    }

    private boolean prefixes() {
        return settings.binds() && settings.strategy() == BindingStrategy.PREFIX;
    }

    private BoundConnection checkedOut(Connection raw, @Nullable Route route) throws SQLException {
        TenantGuard guard = new TenantGuard(settings, route, TenantContext.current());
        String tenant = guard.tenantOfCheckout();
        settings.bound(tenant, false);
        try {
            tenantSql.setSession(raw, tenant);
        } catch (SQLException | RuntimeException e) {
            BoundConnection.abort(raw, e); // the tenant may have been set
            throw e;
        }
        return new BoundConnection(raw, guard, tenantSql, settings, false, namesOnly(raw, route));
    }

    BoundConnection adminConnection(Connection raw) {
        return new BoundConnection(raw, new AdminGuard(settings), tenantSql, settings, false, false);
    }
}
