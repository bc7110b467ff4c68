/** The contract of data sources that route a tenant to its region, or to a schema or database of its own. */
@NullMarked
package dev.boundary.core.routing;

import org.jspecify.annotations.NullMarked;
