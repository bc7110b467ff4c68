package dev.boundary.jooq.internal.session;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.event.BoundaryEvents;

/**
 * What the session layer needs to know.
 *
 * @param variable the session variable that the policies read
 * @param keyType the type of the tenant column
 * @param binds whether a tenant is bound at all
 * @param strategy how it is bound
 * @param events who hears of violations and unscoped access
 */
public record SessionSettings(
        SessionVariable variable,
        TenantKeyType keyType,
        boolean binds,
        BindingStrategy strategy,
        BoundaryEvents events) {}
