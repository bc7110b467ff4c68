/** Tenants with a schema or database of their own: creating those places, migrating them, and moving rows there. */
@NullMarked
package dev.boundary.tenants.isolation;

import org.jspecify.annotations.NullMarked;
