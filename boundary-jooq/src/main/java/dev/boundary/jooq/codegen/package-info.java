/**
 * Support for jOOQ's code generator; needs {@code jooq-codegen} on the class path.
 *
 * <p>The central type is {@link dev.boundary.jooq.codegen.TenantTableStrategy}.
 */
@NullMarked
package dev.boundary.jooq.codegen;

import org.jspecify.annotations.NullMarked;
