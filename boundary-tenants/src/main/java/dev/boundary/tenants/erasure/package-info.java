/** Deleting every row of a tenant, and proving that none is left. */
@NullMarked
package dev.boundary.tenants.erasure;

import org.jspecify.annotations.NullMarked;
