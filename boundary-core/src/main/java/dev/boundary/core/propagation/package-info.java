/** Takes the tenant of a scope to another process, in a header of a message, and back into a scope there. */
@NullMarked
package dev.boundary.core.propagation;

import org.jspecify.annotations.NullMarked;
