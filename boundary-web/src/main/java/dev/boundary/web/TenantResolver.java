package dev.boundary.web;

import java.util.Optional;

/**
 * One way to find the tenant of a request. {@link TenantResolvers} has the usual ones.
 *
 * <p>Called by several threads at once.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface TenantResolver {

    /**
     * Finds a reference to the tenant in a request.
     *
     * @param request the request
     * @return what it says about its tenant; empty if it says nothing that this resolver looks at, so that the next one
     *     is asked
     * @throws TenantResolutionException if it says something that leads nowhere; no other resolver is asked then
     */
    Optional<TenantReference> resolve(RequestView request);
}
