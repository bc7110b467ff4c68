package dev.boundary.core;

/**
 * What the running code may see: the rows of one tenant, or (on purpose, with a reason) those of all tenants.
 *
 * <p>A scope is one immutable value. It is opened with {@link TenantContext} and carried to the database with each
 * statement. Safe for use by several threads.
 */
public sealed interface Scope permits TenantScope, UnscopedScope {}
