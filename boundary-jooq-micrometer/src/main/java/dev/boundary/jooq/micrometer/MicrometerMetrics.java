package dev.boundary.jooq.micrometer;

import dev.boundary.core.event.BoundaryEvent;
import dev.boundary.core.event.BoundaryEvent.RegistryListening;
import dev.boundary.core.event.BoundaryEvent.RlsOnlyAccess;
import dev.boundary.core.event.BoundaryEvent.TenantLifecycleEvent;
import dev.boundary.core.event.BoundaryEvent.TenantResolutionFailed;
import dev.boundary.core.event.BoundaryEvent.TenantResolved;
import dev.boundary.core.event.BoundaryEvent.UnscopedAccess;
import dev.boundary.core.event.BoundaryEvent.Violation;
import dev.boundary.jooq.BoundaryMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts Boundary's events with Micrometer. Tenants are not among the tags: there may be too many of them.
 *
 * <ul>
 *   <li>{@code boundary.bindings}, tag {@code round_trip}: {@code same} or {@code own}
 *   <li>{@code boundary.violations}, tags {@code error} (the exception's class) and {@code refused} ({@code true} if
 *       nothing was sent)
 *   <li>{@code boundary.unscoped}: statements in an unscoped scope
 *   <li>{@code boundary.rls_only}: statements left to row-level security alone
 *   <li>{@code boundary.resolutions}, tag {@code outcome} ({@code success} or {@code failure}): attempts to resolve the
 *       tenant of a request
 *   <li>{@code boundary.lifecycle}, tag {@code step}: steps in the lifecycle of tenants
 *   <li>{@code boundary.registry.listening}, tag {@code listening}: how often this process began to receive
 *       changes of tenants ({@code true}) and stopped receiving them ({@code false})
 * </ul>
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public final class MicrometerMetrics implements BoundaryMetrics {

    private final MeterRegistry registry;
    private final Counter sameRoundTrip;
    private final Counter ownRoundTrip;
    private final Counter unscoped;
    private final Counter rlsOnly;
    private final Counter resolved;
    private final Counter resolutionFailed;

    /**
     * Registers the counters.
     *
     * @param registry the registry that takes them
     */
    @SuppressWarnings("exports") // if it were transitive, every module above would need Micrometer
    public MicrometerMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.sameRoundTrip = registry.counter("boundary.bindings", "round_trip", "same");
        this.ownRoundTrip = registry.counter("boundary.bindings", "round_trip", "own");
        this.unscoped = registry.counter("boundary.unscoped");
        this.rlsOnly = registry.counter("boundary.rls_only");
        this.resolved = registry.counter("boundary.resolutions", "outcome", "success");
        this.resolutionFailed = registry.counter("boundary.resolutions", "outcome", "failure");
    }

    @Override
    public void bound(boolean same) {
        (same ? sameRoundTrip : ownRoundTrip).increment();
    }

    @Override
    public void onEvent(BoundaryEvent event) {
        counter(event).increment();
    }

    private Counter counter(BoundaryEvent event) {
        return switch (event) {
            case Violation violation -> violations(violation);
            case UnscopedAccess _ -> unscoped;
            case RlsOnlyAccess _ -> rlsOnly;
            case TenantResolved _ -> resolved;
            case TenantResolutionFailed _ -> resolutionFailed;
            case TenantLifecycleEvent lifecycle -> steps(lifecycle);
            case RegistryListening state -> listening(state);
        };
    }

    private Counter violations(Violation violation) {
        String error = violation.error().getClass().getSimpleName();
        String refused = String.valueOf(violation.refused());
        return registry.counter("boundary.violations", "error", error, "refused", refused);
    }

    private Counter steps(TenantLifecycleEvent event) {
        return registry.counter("boundary.lifecycle", "step", event.step().name());
    }

    private Counter listening(RegistryListening state) {
        return registry.counter("boundary.registry.listening", "listening", String.valueOf(state.listening()));
    }
}
