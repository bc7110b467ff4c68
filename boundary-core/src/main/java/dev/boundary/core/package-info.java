/**
 * Tenants, scopes, and the errors for statements that would reach the rows of another tenant.
 *
 * <ul>
 *   <li>{@link dev.boundary.core.TenantKey}: the id of a tenant, a {@code uuid}, {@code bigint}, {@code int} or
 *       {@code text}.
 *   <li>{@link dev.boundary.core.Scope}: what the running code may see, one tenant or (on purpose, with a reason)
 *       all of them.
 *   <li>{@link dev.boundary.core.TenantContext}: opens a scope for a piece of code and says which one is open.
 *   <li>{@link dev.boundary.core.BoundaryException} and its subtypes: everything Boundary refuses.
 *   <li>{@link dev.boundary.core.SessionVariable} and {@link dev.boundary.core.TableKind}: what all modules know of
 *       the database.
 * </ul>
 */
@NullMarked
package dev.boundary.core;

import org.jspecify.annotations.NullMarked;
