/** The contract of a tenant registry: tenants, their names and states, and the errors of changing them. */
@NullMarked
package dev.boundary.core.registry;

import org.jspecify.annotations.NullMarked;
