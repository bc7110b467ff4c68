package dev.boundary.jooq.internal.session;

import dev.boundary.core.TenantKey;
import dev.boundary.core.routing.Placement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Verifies a place where the rows of tenants are, before anything else is sent there. */
@FunctionalInterface
public interface PlacementVerifier {

    /**
     * Verifies a place.
     *
     * @param connection a connection to the place, whose statements are sent as they are
     * @param placement the place
     * @param tenant for whom a connection is about to be taken; empty when the service starts, and for unscoped work
     * @return the search path with which names lead there; null if names carry their schema
     * @throws dev.boundary.core.UnsafeDatabaseException if tenants are not kept apart there, or it is another place
     * @throws SQLException if the database cannot be queried
     */
    @Nullable
    String verify(Connection connection, Placement placement, Optional<TenantKey> tenant) throws SQLException;
}
