/** Data sources that record which statements pass through them, from where, and what is left on connections. */
@NullMarked
package dev.boundary.testing.internal.jdbc;

import org.jspecify.annotations.NullMarked;
