/** Data sources that give connections to the place of a tenant's rows: a region, a schema or a database. */
@NullMarked
package dev.boundary.routing;

import org.jspecify.annotations.NullMarked;
