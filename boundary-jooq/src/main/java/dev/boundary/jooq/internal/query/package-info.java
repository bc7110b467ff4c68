/** The query layer: rewrites each statement so that it names the tenant, or refuses it. */
@NullMarked
package dev.boundary.jooq.internal.query;

import org.jspecify.annotations.NullMarked;
