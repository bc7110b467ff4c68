package dev.boundary.jooq.internal.session;

import dev.boundary.core.TenantContext;
import dev.boundary.core.routing.RoutingDataSource;
import dev.boundary.jooq.schema.TenantSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.ConnectionProvider;
import org.jooq.ExecuteListenerProvider;
import org.jooq.VisitListenerProvider;
import org.jspecify.annotations.Nullable;

/**
 * The session layer of one application: its connections, and the listener that watches over what jOOQ sends on them.
 * Immutable and safe for use by several threads.
 */
public final class SessionLayer {

    private final SessionSettings settings;
    private final ConnectionBinder binder;
    private final @Nullable DataSource admin;
    private final HeldConnections held = new HeldConnections();

    /**
     * The session layer of one application.
     *
     * @param settings what to bind, and how
     * @param admin connections of the admin role for unscoped work, or null to refuse such work
     */
    public SessionLayer(SessionSettings settings, @Nullable DataSource admin) {
        this.settings = settings;
        this.binder = new ConnectionBinder(settings);
        this.admin = admin;
    }

    /**
     * Connections whose statements carry the scope: those of the application role, and in an unscoped scope those of
     * the admin role. Places that exist from the start are verified now, others before their first use.
     *
     * @param application connections of the application role, bound already or not
     * @param verifiers verify each place of a {@link RoutingDataSource}
     * @return the provider
     */
    public ConnectionProvider connections(ConnectionProvider application, PlaceVerifiers verifiers) {
        if (application instanceof ScopedConnectionProvider || application instanceof HeldConnectionProvider) {
            return application;
        }
        if (DataSourceInspection.isBound(application)) {
            return new HeldConnectionProvider(binder, held, application);
        }
        RoutingDataSource routing = DataSourceInspection.routing(application);
        return new ScopedConnectionProvider(
                binder, held, application, placed(routing, verifiers), admin(routing, verifiers));
    }

    /**
     * The same for what does not go through jOOQ. Statements outside any scope are refused.
     *
     * @param application connections of the application role
     * @param verifiers verify each place of a {@link RoutingDataSource}
     * @return the data source
     */
    public DataSource dataSource(DataSource application, PlaceVerifiers verifiers) {
        RoutingDataSource routing = DataSourceInspection.routing(application);
        return new TenantDataSource(binder, application, placed(routing, verifiers), admin(routing, verifiers));
    }

    private @Nullable PlacedConnections placed(@Nullable RoutingDataSource routing, PlaceVerifiers verifiers) {
        if (routing == null) {
            return null;
        }
        PlacedConnections placed = new PlacedConnections(
                settings.reporter(),
                routing,
                verifiers.application(),
                (raw, scope, place) -> binder.bindTenant(raw, Optional.of(scope), place));
        placed.verifyPermanent();
        return placed;
    }

    private @Nullable PlacedConnections admin(@Nullable RoutingDataSource application, PlaceVerifiers verifiers) {
        if (admin == null) {
            return null;
        }
        RoutingDataSource routing = DataSourceInspection.routing(admin);
        return new PlacedConnections(
                settings.reporter(),
                routing == null ? new SinglePlace(admin, hasRegions(application)) : routing,
                verifiers.admin(),
                (raw, scope, place) -> binder.bindAdmin(raw, place));
    }

    private static boolean hasRegions(@Nullable RoutingDataSource routing) {
        return routing != null
                && routing.permanent().stream().anyMatch(place -> place.region().isPresent());
    }

    /**
     * The listener that watches over the statements of a configuration.
     *
     * @param schema which columns hold the tenant
     * @param queryLayer what must have rewritten each statement; null if the query layer is off
     * @return the provider
     */
    public ExecuteListenerProvider listeners(TenantSchema schema, @Nullable VisitListenerProvider queryLayer) {
        TenantBindingListener listener = new TenantBindingListener(settings, schema, queryLayer);
        return () -> listener;
    }

    /**
     * Binds the open scope to one connection of the application role.
     *
     * @param connection the connection; closing what is returned closes it
     * @return the same connection, bound; statements outside any scope are refused
     * @throws SQLException if the tenant cannot be set
     */
    public Connection bind(Connection connection) throws SQLException {
        return binder.bindTenant(connection, TenantContext.current(), null);
    }

    /**
     * Removes what {@link #bind} has set for the session, if anything, and forgets the tenant of its transaction.
     *
     * @param bound what {@code bind} returned
     * @throws SQLException if it cannot be removed; the connection has been closed then
     */
    public static void giveBack(Connection bound) throws SQLException {
        StatementBinder binder = bound.unwrap(BoundConnection.class).binder();
        binder.transactionEnded();
        binder.giveBack();
    }
}
