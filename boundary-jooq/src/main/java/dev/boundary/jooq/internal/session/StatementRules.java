package dev.boundary.jooq.internal.session;

/**
 * What statements may do beyond the usual.
 *
 * @param noScope what happens outside any scope
 * @param tenantSwitch whether they may run in a transaction of another tenant
 */
public record StatementRules(NoScope noScope, boolean tenantSwitch) {

    /** A scope is needed, and a transaction belongs to one tenant. */
    public static final StatementRules STRICT = new StatementRules(NoScope.REFUSE, false);
}
