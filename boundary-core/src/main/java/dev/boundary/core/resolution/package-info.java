/** Finds the tenant of a request, and decides whether it is admitted, whatever the web framework. */
@NullMarked
package dev.boundary.core.resolution;

import org.jspecify.annotations.NullMarked;
