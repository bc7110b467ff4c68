/** Data sources that send the statements of a scope to the place of its tenant's rows. */
@NullMarked
package dev.boundary.routing;

import org.jspecify.annotations.NullMarked;
