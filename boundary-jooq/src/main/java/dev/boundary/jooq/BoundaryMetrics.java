package dev.boundary.jooq;

import dev.boundary.core.event.BoundaryListener;

/**
 * Counts bindings of a tenant, and the events of Boundary. Implementations are called by several threads at once, each
 * in the thread that runs the statement and immediately before it is sent: they must be quick and must not throw.
 *
 * @since 0.1
 */
public interface BoundaryMetrics extends BoundaryListener {

    /**
     * Counts one: a tenant is being bound to a statement.
     *
     * @param sameRoundTrip true if the tenant is sent with the statement; false if it needs a round trip of its own
     */
    void bound(boolean sameRoundTrip);
}
