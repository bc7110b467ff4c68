package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.Scope.UnscopedScope;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.RoutingDataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection leads.
 *
 * @param routing knows where the rows of a scope are
 * @param placement the place that the connection leads to
 * @param searchPath the search path with which names lead there; null if names carry their schema
 */
record ConnectionPlace(
        RoutingDataSource routing,
        Placement placement,
        @Nullable String searchPath) {

    /** A connection stays with its place: refuses a scope whose rows are, by now, elsewhere. */
    void require(TenantScope scope) {
        routing.find(scope).ifPresent(now -> requireHere(scope, now, "The tenant's rows are in "));
    }

    /** The same for unscoped work. A scope that names no region would see a part of what it asks for: it is refused. */
    void require(UnscopedScope scope) {
        requireHere(scope, routing.placementOf(scope), "The scope is for ");
    }

    private void requireHere(Scope scope, Placement now, String isFor) {
        if (!now.equals(placement)) {
            throw new StatementRefusedException(
                    "a statement of " + scope + " on a connection to " + placement,
                    isFor + now + ", and a connection and its transaction stay with the place for which it was taken.",
                    "End the transaction or give the connection back first.");
        }
    }
}
