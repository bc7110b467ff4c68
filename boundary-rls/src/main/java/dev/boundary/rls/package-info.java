/**
 * Row-level security as a model that prints its own SQL.
 *
 * <p>Each {@link dev.boundary.rls.RlsChange} is one step of a migration: the statements that make it and those that
 * take it back to exactly what was there before. Nothing here needs Liquibase; {@code dev.boundary.rls.liquibase} wraps
 * the same model for it.
 */
@NullMarked
package dev.boundary.rls;

import org.jspecify.annotations.NullMarked;
