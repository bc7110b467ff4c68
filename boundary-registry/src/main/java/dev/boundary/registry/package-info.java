/**
 * The registry of tenants in the tables that the change {@code createTenantRegistry} creates, its cache, the listener
 * that evicts changed tenants from the cache, and work for many tenants.
 */
@NullMarked
package dev.boundary.registry;

import org.jspecify.annotations.NullMarked;
