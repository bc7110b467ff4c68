/** Caches whose entries belong to the tenant of the open scope. */
@NullMarked
package dev.boundary.core.cache;

import org.jspecify.annotations.NullMarked;
