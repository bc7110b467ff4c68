/** Tenants in a schema or database of their own: making those places, and migrating them. */
@NullMarked
package dev.boundary.tenants.isolation;

import org.jspecify.annotations.NullMarked;
