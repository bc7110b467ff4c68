/**
 * The registry of tenants in the tables that the change {@code createTenantRegistry} makes, and how other processes
 * hear of its changes.
 */
@NullMarked
package dev.boundary.registry;

import org.jspecify.annotations.NullMarked;
