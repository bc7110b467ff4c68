package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.RoutingDataSource;

/**
 * Where a connection leads.
 *
 * @param routing knows where the rows of a tenant are
 * @param placement the place that the connection leads to
 */
record ConnectionPlace(RoutingDataSource routing, Placement placement) {

    /** A connection stays with its place: refuses a scope whose rows are, by now, elsewhere. */
    void require(TenantScope scope) {
        routing.find(scope).filter(now -> !now.equals(placement)).ifPresent(now -> {
            throw new StatementRefusedException(
                    "a statement of " + scope + " on a connection to " + placement,
                    "The tenant's rows are in " + now
                            + ", and a connection and its transaction stay with the place for which it was taken.",
                    "End the transaction or give the connection back first.");
        });
    }
}
