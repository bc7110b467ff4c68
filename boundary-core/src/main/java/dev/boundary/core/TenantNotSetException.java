package dev.boundary.core;

import dev.boundary.core.Scope.UnscopedScope;

/**
 * Code that needs a tenant ran outside a tenant's scope. Nothing was sent to the database.
 *
 * @since 0.1
 */
public final class TenantNotSetException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    private TenantNotSetException(String message) {
        super(message, null);
    }

    /**
     * For code or a statement outside any scope.
     *
     * @param what what needs the tenant, as the beginning of a sentence: {@code "A select on booking"}
     * @return the exception
     */
    public static TenantNotSetException noScope(String what) {
        return new TenantNotSetException(what + " needs a tenant, and no scope is open in thread \""
                + Thread.currentThread().getName()
                + "\". Run it in TenantContext.where(tenant).run(...) or .call(...); for work across all tenants use"
                + " TenantContext.unscoped(\"the reason\").");
    }

    /**
     * For code or a statement that needs one tenant and ran in an unscoped scope.
     *
     * @param what what needs the tenant, as the beginning of a sentence
     * @param scope the scope that is open
     * @return the exception
     */
    public static TenantNotSetException unscoped(String what, UnscopedScope scope) {
        return new TenantNotSetException(what + " needs one tenant, and the open scope is " + scope
                + ". Run it in TenantContext.where(tenant).run(...) or .call(...).");
    }
}
