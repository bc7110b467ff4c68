package dev.boundary.jooq.internal.session;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.Scope;
import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
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
 * Takes connections to where the rows of a scope are. A place is verified before its first connection is given out, and
 * again when its data source or tenant has changed; each connection is compared with the one that was verified.
 */
final class PlacedConnections {

    private static final String SEARCH_PATH = "search_path";

    private final ConnectionBinder binder;
    private final SessionReporter reporter;
    private final RoutingDataSource routing;
    private final PlacementVerifier verifier;
    private final Map<Placement, Verified> verified = new ConcurrentHashMap<>();

    PlacedConnections(
            ConnectionBinder binder, SessionReporter reporter, RoutingDataSource routing, PlacementVerifier verifier) {
        this.binder = binder;
        this.reporter = reporter;
        this.routing = routing;
        this.verifier = verifier;
    }

    /**
     * A place that was verified.
     *
     * @param source where its connections come from
     * @param tenant the only tenant there; empty for shared tables
     * @param searchPath the search path of its connections; null if the server does not report it
     */
    private record Verified(
            DataSource source,
            Optional<TenantKey> tenant,
            @Nullable String searchPath) {}

    /** Verifies the places that exist from the start. */
    void verifyPermanent() {
        for (Placement placement : routing.permanent()) {
            try {
                verifiedPlace(placement, routing.at(placement), Optional.empty());
            } catch (SQLException e) {
                throw undetermined(e);
            }
        }
    }

    /** A connection to where the rows of a scope are, with the scope bound to it. */
    BoundConnection take(Optional<Scope> scope) throws SQLException {
        try {
            return takeTo(
                    scope.orElseThrow(() -> TenantNotSetException.noScope("A connection to the database of a tenant")));
        } catch (BoundaryException e) {
            throw reporter.violation(scope, e);
        }
    }

    private BoundConnection takeTo(Scope scope) throws SQLException {
        Placement placement = routing.placementOf(scope);
        DataSource source = routing.at(placement);
        Optional<TenantKey> tenant = placement instanceof SharedTables ? Optional.empty() : tenantOf(scope);
        Verified place = verifiedPlace(placement, source, tenant);
        Connection raw = source.getConnection();
        try {
            requireSamePath(raw, placement, place);
            return binder.bindTenant(raw, Optional.of(scope), new ConnectionPlace(routing, placement));
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

    private Verified verifiedPlace(Placement placement, DataSource source, Optional<TenantKey> tenant)
            throws SQLException {
        Verified before = verified.get(placement);
        if (before != null && isSame(before.source(), source) && before.tenant().equals(tenant)) {
            return before;
        }
        Verified now = verify(placement, source, tenant);
        verified.put(placement, now);
        return now;
    }

    @SuppressWarnings("ReferenceEquality") // another pool may lead elsewhere
    private static boolean isSame(DataSource one, DataSource other) {
        return one == other;
    }

    private Verified verify(Placement placement, DataSource source, Optional<TenantKey> tenant) throws SQLException {
        try (Connection connection = source.getConnection()) {
            verifier.verify(connection, placement, tenant);
            return new Verified(source, tenant, searchPath(connection, placement));
        }
    }

    /** A SET before the connection was given back would make names lead to other tables. */
    private void requireSamePath(Connection raw, Placement placement, Verified place) throws SQLException {
        String path = searchPath(raw, placement);
        if (path == null || path.equals(place.searchPath())) {
            return;
        }
        StatementRefusedException refused = new StatementRefusedException(
                "a connection to " + placement + " with the search_path " + path,
                "It was " + place.searchPath() + " when the place was verified, and it has been changed on this"
                        + " connection, which has been closed.",
                "Change it with SET LOCAL, inside a transaction, if at all.");
        StatementBinder.abort(raw, refused);
        throw refused;
    }

    /** Servers from version 18 on report it; older ones are queried where the schema depends on it. */
    private @Nullable String searchPath(Connection raw, Placement placement) throws SQLException {
        if (!routing.hasOwnSchemas()) {
            return null;
        }
        String reported = raw.unwrap(PGConnection.class).getParameterStatus(SEARCH_PATH);
        return reported == null && placement instanceof OwnSchema ? queried(raw) : reported;
    }

    private static String queried(Connection raw) throws SQLException {
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

    static DataAccessException undetermined(SQLException e) {
        return new DataAccessException("Cannot determine whether the database keeps tenants apart", e);
    }
}
