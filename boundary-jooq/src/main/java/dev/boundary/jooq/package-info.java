/**
 * Binds Boundary to jOOQ. The central type is {@link dev.boundary.jooq.Boundary}.
 */
@NullMarked
package dev.boundary.jooq;

import org.jspecify.annotations.NullMarked;
