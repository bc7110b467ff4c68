/** Writes the registry in a transaction of the caller's. For Boundary's own modules. */
@NullMarked
package dev.boundary.registry.internal;

import org.jspecify.annotations.NullMarked;
