/** Sends the statements of a scope to the database of its region. */
@NullMarked
package dev.boundary.core.routing;

import org.jspecify.annotations.NullMarked;
