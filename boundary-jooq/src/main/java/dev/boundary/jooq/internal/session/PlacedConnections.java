package dev.boundary.jooq.internal.session;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.Scope;
import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.SharedTables;
import dev.boundary.core.routing.RoutingDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes connections to where the rows of a scope are. A place is verified before its first connection is given out, and
 * again when its data source or tenant has changed. Where names lead by the search path, the path that was verified goes
 * with every statement.
 */
final class PlacedConnections {

    private static final Logger LOG = LoggerFactory.getLogger(PlacedConnections.class);

    private final SessionReporter reporter;
    private final RoutingDataSource routing;
    private final @Nullable PlacementVerifier verifier;
    private final Binding binding;
    private final Map<Placement, Verified> verified = new ConcurrentHashMap<>();

    /** Binds a scope to a connection that leads to its place. */
    @FunctionalInterface
    interface Binding {
        BoundConnection bind(Connection raw, Scope scope, ConnectionPlace place) throws SQLException;
    }

    /** A verifier of null verifies nothing. */
    PlacedConnections(
            SessionReporter reporter,
            RoutingDataSource routing,
            @Nullable PlacementVerifier verifier,
            Binding binding) {
        this.reporter = reporter;
        this.routing = routing;
        this.verifier = verifier;
        this.binding = binding;
    }

    /**
     * A place that was verified.
     *
     * @param source where its connections come from
     * @param tenant the only tenant there; empty for shared tables
     * @param searchPath the search path with which names lead there; null if names carry their schema
     * @param reported the search path that the server reported; null if it does not
     */
    private record Verified(
            DataSource source,
            Optional<TenantKey> tenant,
            @Nullable String searchPath,
            @Nullable String reported) {

        /** Whether a connection's path, as it is reported now, was set by those who made the connection, or by us. */
        boolean expects(@Nullable String now) {
            return searchPath == null
                    || reported == null
                    || now == null
                    || now.equals(reported)
                    || now.equals(searchPath);
        }
    }

    /** Verifies the places that exist from the start. If some cannot be reached, the others serve all the same. */
    void verifyPermanent() {
        Set<Placement> places = routing.permanent();
        List<SQLException> failures = new ArrayList<>();
        for (Placement placement : places) {
            try {
                verifiedPlace(placement, routing.at(placement), Optional.empty());
            } catch (SQLException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty() && failures.size() == places.size()) {
            throw undetermined(failures.getFirst());
        }
        failures.forEach(e -> LOG.warn("{} It is verified before its first use.", e.getMessage(), e));
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
        Connection raw = connect(placement, source);
        try {
            requireSamePath(raw, placement, place);
            return binding.bind(raw, scope, new ConnectionPlace(routing, placement, place.searchPath()));
        } catch (SQLException | RuntimeException e) {
            closeAfter(raw, e);
            throw e;
        }
    }

    /** An error says to which of several places it was not possible to connect. */
    private static Connection connect(Placement placement, DataSource source) throws SQLException {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            String message = "There is no connection to " + placement + ": " + e.getMessage();
            throw e instanceof SQLTransientException
                    ? new SQLTransientConnectionException(message, e.getSQLState(), e.getErrorCode(), e)
                    : new SQLException(message, e.getSQLState(), e.getErrorCode(), e);
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
        if (verifier == null) {
            return new Verified(source, tenant, null, null);
        }
        Verified before = verified.get(placement);
        if (before != null && isSame(before.source(), source) && before.tenant().equals(tenant)) {
            return before;
        }
        Verified now = verify(verifier, placement, source, tenant);
        verified.put(placement, now);
        return now;
    }

    @SuppressWarnings("ReferenceEquality") // another pool may lead elsewhere
    private static boolean isSame(DataSource one, DataSource other) {
        return one == other;
    }

    private static Verified verify(
            PlacementVerifier verifier, Placement placement, DataSource source, Optional<TenantKey> tenant)
            throws SQLException {
        try (Connection connection = connect(placement, source)) {
            String reported = reportedPath(connection);
            return new Verified(source, tenant, verifier.verify(connection, placement, tenant), reported);
        }
    }

    /** A SET before the connection was given back stays with whoever uses it without Boundary. */
    private static void requireSamePath(Connection raw, Placement placement, Verified place) throws SQLException {
        String path = reportedPath(raw);
        if (place.expects(path)) {
            return;
        }
        StatementRefusedException refused = new StatementRefusedException(
                "a connection to " + placement + " with the search_path " + path,
                "It was " + place.reported() + " when the place was verified, and it has been changed on this"
                        + " connection, which has been closed.",
                "Name what is in another schema with its schema. Not even SET LOCAL changes the path of the next"
                        + " statement, which has its own.");
        StatementBinder.abort(raw, refused);
        throw refused;
    }

    /** Null before version 18: the path of every statement is set all the same. */
    private static @Nullable String reportedPath(Connection raw) throws SQLException {
        return raw.isWrapperFor(PGConnection.class)
                ? raw.unwrap(PGConnection.class).getParameterStatus(SessionVariableSql.SEARCH_PATH)
                : null;
    }

    static DataAccessException undetermined(SQLException e) {
        return new DataAccessException("Cannot determine whether the database keeps tenants apart", e);
    }
}
