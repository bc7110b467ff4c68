package dev.boundary.jooq.metrics;

import dev.boundary.core.event.BoundaryListener;

/**
 * Counts what Boundary does: events, and bindings of a tenant. Called by several threads at once, in the thread that
 * runs the statement, and immediately before it is sent: it must be quick and must not throw.
 */
public interface BoundaryMetrics extends BoundaryListener {

    /**
     * A tenant is being bound to a statement.
     *
     * @param sameRoundTrip true if it is sent with the statement; false if it is set by a round trip of its own
     */
    void bound(boolean sameRoundTrip);
}
