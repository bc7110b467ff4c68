package dev.boundary.jooq.internal.session;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.event.BoundaryEvents;
import dev.boundary.jooq.metrics.BoundaryMetrics;
import org.jspecify.annotations.Nullable;

/**
 * What the session layer needs to know.
 *
 * @param variable the session variable that the policies read
 * @param keyType the type of the tenant column
 * @param binds whether a tenant is bound at all
 * @param strategy how it is bound
 * @param metrics who counts bindings, or null
 * @param relaxed whether a statement outside any scope is sent with an empty tenant
 * @param events who hears of violations and unscoped access
 */
public record SessionSettings(
        SessionVariable variable,
        TenantKeyType keyType,
        boolean binds,
        BindingStrategy strategy,
        @Nullable BoundaryMetrics metrics,
        boolean relaxed,
        BoundaryEvents events) {

    /** A tenant is being bound to a statement. */
    void bound(String tenant, boolean sameRoundTrip) {
        BindingEvent.emit(tenant, sameRoundTrip);
        if (metrics != null) {
            metrics.bound(sameRoundTrip);
        }
    }
}
