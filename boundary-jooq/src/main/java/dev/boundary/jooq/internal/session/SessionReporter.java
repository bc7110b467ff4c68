package dev.boundary.jooq.internal.session;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.Scope;
import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.Scope.UnscopedScope;
import dev.boundary.core.event.BoundaryEvent.RlsOnlyAccess;
import dev.boundary.core.event.BoundaryEvent.UnscopedAccess;
import dev.boundary.core.event.BoundaryEvent.Violation;
import dev.boundary.core.internal.EventPublisher;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports what the session layer binds, refuses and lets through. The one place in which its violations are published.
 * Immutable and safe for use by several threads.
 */
public final class SessionReporter {

    private final EventPublisher events;
    private final BindingCounter counter;

    /** Counts bindings; called by several threads at once. */
    @FunctionalInterface
    public interface BindingCounter {
        /**
         * Counts one.
         *
         * @param sameRoundTrip whether the tenant is sent with the statement
         */
        void bound(boolean sameRoundTrip);
    }

    /**
     * A reporter for one {@code Boundary}.
     *
     * @param events receives violations and accesses
     * @param counter counts bindings; null to count none
     */
    public SessionReporter(EventPublisher events, @Nullable BindingCounter counter) {
        this.events = events;
        this.counter = counter == null ? _ -> {} : counter;
    }

    /** A tenant is being bound to a statement. */
    void bound(String tenant, boolean sameRoundTrip) {
        BindingEvent.emit(tenant, sameRoundTrip);
        counter.bound(sameRoundTrip);
    }

    /** Publishes an attempt that is refused, or that the database rejected; returns the error, to be thrown. */
    <E extends BoundaryException> E violation(Optional<Scope> scope, E error) {
        events.publish(new Violation(scope, error, true));
        return error;
    }

    /** A statement is about to run as the admin role. */
    void unscopedAccess(UnscopedScope scope, String sql) {
        events.publish(new UnscopedAccess(scope, sql));
    }

    /** A statement is about to run that is left to row-level security alone. */
    void rlsOnlyAccess(TenantScope scope, String reason, String sql) {
        events.publish(new RlsOnlyAccess(Optional.of(scope), reason, sql));
    }
}
