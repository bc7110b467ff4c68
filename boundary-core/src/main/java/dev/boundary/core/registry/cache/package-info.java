/** Keeps look-ups of tenants in memory. Needs Caffeine. */
@NullMarked
package dev.boundary.core.registry.cache;

import org.jspecify.annotations.NullMarked;
