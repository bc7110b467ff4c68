package dev.boundary.jooq.internal.session;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.Scope;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.core.TenantScope;
import dev.boundary.core.event.Violation;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.core.routing.Placement.SharedTables;
import dev.boundary.core.routing.RoutingDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Takes connections to where the rows of the open scope are. Each place is checked before the first connection to it is
 * given out, again if it has got another data source or tenant, and each connection is compared with the one that was checked.
 */
final class PlacedConnections {

    private static final String SEARCH_PATH = "search_path";

    private final SessionLayer session;
    private final SessionSettings settings;
    private final RoutingDataSource routing;
    private final PlaceCheck check;
    private final Map<Placement, Checked> checked = new ConcurrentHashMap<>();

    PlacedConnections(SessionLayer session, SessionSettings settings, RoutingDataSource routing, PlaceCheck check) {
        this.session = session;
        this.settings = settings;
        this.routing = routing;
        this.check = check;
    }

    /**
     * A place that was found in order.
     *
     * @param source where its connections come from
     * @param tenant whose own it is; empty for shared tables
     * @param searchPath what they have as their search path; null if the server does not report it
     */
    private record Checked(
            DataSource source,
            Optional<TenantKey> tenant,
            @Nullable String searchPath) {}

    /** Checks what is there from the start. */
    void checkPermanent() {
        for (Placement placement : routing.permanent()) {
            try {
                checked(placement, routing.at(placement), Optional.empty());
            } catch (SQLException e) {
                throw cannotBeAsked(e);
            }
        }
    }

    BoundConnection take() throws SQLException {
        Optional<Scope> scope = TenantContext.current();
        try {
            return take(
                    scope.orElseThrow(() -> TenantNotSetException.noScope("A connection to the database of a tenant")));
        } catch (BoundaryException e) {
            settings.events().publish(new Violation(scope, e, true));
            throw e;
        }
    }

    private BoundConnection take(Scope scope) throws SQLException {
        Placement placement = routing.placementOf(scope);
        DataSource source = routing.at(placement);
        Optional<TenantKey> tenant = placement instanceof SharedTables ? Optional.empty() : tenantOf(scope);
        Checked place = checked(placement, source, tenant);
        Connection raw = source.getConnection();
        try {
            requireSamePath(raw, placement, place);
            return session.tenantConnection(raw, new Route(routing, placement));
        } catch (SQLException | RuntimeException e) {
            closeAfter(raw, e);
            throw e;
        }
    }

    /** A connection that was aborted may not close without an error, which must not hide why. */
    private static void closeAfter(Connection raw, Exception cause) {
        try {
            raw.close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static Optional<TenantKey> tenantOf(Scope scope) {
        return scope instanceof TenantScope tenant ? Optional.of(tenant.tenant()) : Optional.empty();
    }

    private Checked checked(Placement placement, DataSource source, Optional<TenantKey> tenant) throws SQLException {
        Checked before = checked.get(placement);
        if (before != null && isSame(before.source(), source) && before.tenant().equals(tenant)) {
            return before;
        }
        Checked now = look(placement, source, tenant);
        checked.put(placement, now);
        return now;
    }

    @SuppressWarnings("ReferenceEquality") // another pool may lead elsewhere
    private static boolean isSame(DataSource one, DataSource other) {
        return one == other;
    }

    private Checked look(Placement placement, DataSource source, Optional<TenantKey> tenant) throws SQLException {
        try (Connection connection = source.getConnection()) {
            check.check(connection, placement, tenant);
            return new Checked(source, tenant, searchPath(connection, placement));
        }
    }

    /** Somebody may have changed it with SET and given the connection back: tables would be others. */
    private void requireSamePath(Connection raw, Placement placement, Checked place) throws SQLException {
        String path = searchPath(raw, placement);
        if (path == null || path.equals(place.searchPath())) {
            return;
        }
        StatementRefusedException refused = new StatementRefusedException(
                "a connection to " + placement + " with the search_path " + path,
                "It was " + place.searchPath() + " when the place was checked, and somebody has changed it on this"
                        + " connection, which has been closed.",
                "Change it with SET LOCAL, inside a transaction, if at all.");
        BoundConnection.abort(raw, refused);
        throw refused;
    }

    /** Servers from version 18 on report it by themselves; others are asked where a schema hangs on it. */
    private @Nullable String searchPath(Connection raw, Placement placement) throws SQLException {
        if (!routing.hasOwnSchemas()) {
            return null;
        }
        String reported = raw.unwrap(PGConnection.class).getParameterStatus(SEARCH_PATH);
        return reported == null && placement instanceof OwnSchema ? asked(raw) : reported;
    }

    private static String asked(Connection raw) throws SQLException {
        try (Statement statement = raw.createStatement();
                ResultSet row = statement.executeQuery("select pg_catalog.current_setting('" + SEARCH_PATH + "')")) {
            row.next();
            return row.getString(1);
        } finally {
            if (!raw.getAutoCommit()) {
                raw.rollback();
            }
        }
    }

    static DataAccessException cannotBeAsked(SQLException e) {
        return new DataAccessException("The database cannot be asked whether it keeps tenants apart", e);
    }
}
