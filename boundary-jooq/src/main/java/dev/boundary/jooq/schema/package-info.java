/**
 * Which tables belong to tenants, and how.
 *
 * <p>The central type is {@link dev.boundary.jooq.schema.TenantSchema}.
 */
@NullMarked
package dev.boundary.jooq.schema;

import org.jspecify.annotations.NullMarked;
