/**
 * The events that listeners receive: violations, unscoped access, access that only row-level security restricts, the
 * tenants of requests, steps in the life of a tenant, and whether changes of tenants are received.
 */
@NullMarked
package dev.boundary.core.event;

import org.jspecify.annotations.NullMarked;
