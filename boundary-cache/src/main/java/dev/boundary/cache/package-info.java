/** Caches whose entries belong to the tenant of the open scope. */
@NullMarked
package dev.boundary.cache;

import org.jspecify.annotations.NullMarked;
