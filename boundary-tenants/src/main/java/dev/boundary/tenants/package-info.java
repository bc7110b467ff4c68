/** What the operations on a tenant's rows have in common: row counts, progress and the exception. */
@NullMarked
package dev.boundary.tenants;

import org.jspecify.annotations.NullMarked;
