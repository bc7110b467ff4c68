package dev.boundary.tenants.lifecycle;

import dev.boundary.core.event.TenantLifecycleEvent.Step;
import dev.boundary.core.registry.Tenant;
import java.sql.Connection;

/**
 * What a service does of its own in the life of a tenant: rows that every tenant begins with, a message to billing, ...
 *
 * <p>It is called inside the transaction that makes the change, in the scope of the tenant. The connection is the admin role's
 * and has the tenant's key in the session variable, so that columns filled by {@code boundary.current_tenant_id()} are. What
 * is written on it is committed together with the change or not at all; what is done elsewhere is not undone. It cannot be
 * committed, rolled back or closed by the hook. What a hook throws undoes the change.
 *
 * <p>Called by several threads at once if several tenants are changed at once. Not called in a dry run.
 */
public interface TenantHook {

    /**
     * Something is about to be done with a tenant.
     *
     * @param step what; one of {@link Step#PROVISIONED}, {@link Step#SUSPENDED}, {@link Step#RESUMED}, {@link Step#DELETED},
     *     {@link Step#RESTORED}, {@link Step#DEPROVISIONING} and {@link Step#DEPROVISIONED}
     * @param tenant the tenant as it is before; as it will be if it is provisioned
     * @param transaction the transaction in which it is going to be done
     * @throws Exception whatever it throws undoes the change
     */
    default void before(Step step, Tenant tenant, Connection transaction) throws Exception {}

    /**
     * Something was done with a tenant, and is not committed yet.
     *
     * @param step what, as in {@link #before}
     * @param tenant the tenant as it is now
     * @param transaction the transaction in which it was done
     * @throws Exception whatever it throws undoes the change
     */
    default void after(Step step, Tenant tenant, Connection transaction) throws Exception {}
}
