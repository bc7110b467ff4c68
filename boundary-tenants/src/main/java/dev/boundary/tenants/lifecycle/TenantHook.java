package dev.boundary.tenants.lifecycle;

import dev.boundary.core.event.BoundaryEvent.TenantLifecycleEvent.Step;
import dev.boundary.core.registry.Tenant;
import java.sql.Connection;

/**
 * What a service adds to the lifecycle of a tenant: rows that every tenant begins with, a message to billing, and so
 * on.
 *
 * <p>It is called in the transaction that makes the change, in the scope of the tenant. The connection is the admin
 * role's and has the tenant's key in the session variable, so that columns filled by
 * {@code boundary.current_tenant_id()} are. What the hook writes on it is committed together with the change or not at
 * all; what it does elsewhere is not rolled back. The hook cannot commit, roll back or close the connection. An
 * exception rolls the change back.
 *
 * <p>Called by several threads at once if several tenants are changed at once. Not called in a dry run.
 *
 * @since 0.1
 */
public interface TenantHook {

    /**
     * Called before a tenant changes. Default: does nothing.
     *
     * @param step the change; one of {@link Step#PROVISIONED}, {@link Step#SUSPENDED}, {@link Step#RESUMED},
     *     {@link Step#DELETED}, {@link Step#RESTORED}, {@link Step#DEPROVISIONING} and {@link Step#DEPROVISIONED}
     * @param tenant the tenant as it is before; as it will be if it is provisioned
     * @param transaction the transaction of the change
     * @throws Exception any exception rolls the change back
     */
    default void before(Step step, Tenant tenant, Connection transaction) throws Exception {}

    /**
     * Called after a tenant changed, before that is committed. Default: does nothing.
     *
     * @param step the change, as in {@link #before}
     * @param tenant the tenant as it is now
     * @param transaction the transaction of the change
     * @throws Exception any exception rolls the change back
     */
    default void after(Step step, Tenant tenant, Connection transaction) throws Exception {}
}
