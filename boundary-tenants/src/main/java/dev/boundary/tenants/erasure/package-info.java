/** Deletes every row of a tenant, and checks that none is left. */
@NullMarked
package dev.boundary.tenants.erasure;

import org.jspecify.annotations.NullMarked;
