/** What the parts of the lifecycle have in common: counts, progress and the error. */
@NullMarked
package dev.boundary.tenants;

import org.jspecify.annotations.NullMarked;
