/** Carries the tenant of a scope to another process, in a signed header of a message. */
@NullMarked
package dev.boundary.core.propagation;

import org.jspecify.annotations.NullMarked;
