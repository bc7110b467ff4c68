/** Does the same work for many tenants, each in its own scope. */
@NullMarked
package dev.boundary.core.work;

import org.jspecify.annotations.NullMarked;
