/** Data sources that write down which statements went through them, from where, and what was left behind. */
@NullMarked
package dev.boundary.testing.internal.jdbc;

import org.jspecify.annotations.NullMarked;
