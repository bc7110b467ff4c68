package dev.boundary.jooq.internal.session;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKeyType;

/**
 * What the session layer binds, and how. Immutable.
 *
 * @param variable the session variable that the policies read
 * @param keyType the type of the tenant column
 * @param strategy how the tenant is bound
 * @param relaxed whether a statement outside any scope is sent with an empty tenant
 * @param leftovers what happens to a connection on which something was left
 * @param reporter receives violations, accesses and bindings
 */
public record SessionSettings(
        SessionVariable variable,
        TenantKeyType keyType,
        BindingStrategy strategy,
        boolean relaxed,
        LeftoverPolicy leftovers,
        SessionReporter reporter) {}
