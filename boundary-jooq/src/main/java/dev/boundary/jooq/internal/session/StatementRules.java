package dev.boundary.jooq.internal.session;

/**
 * What statements may do beyond the usual.
 *
 * @param noScope what happens outside any scope
 * @param tenantSwitch whether they may run in a transaction of another tenant
 * @param rewritten whether the query layer has put the tenant into them, so that row-level security need not be there
 */
public record StatementRules(NoScope noScope, boolean tenantSwitch, boolean rewritten) {

    /** A scope is needed, a transaction belongs to one tenant, and row-level security must be there. */
    public static final StatementRules STRICT = new StatementRules(NoScope.REFUSE, false, false);
}
