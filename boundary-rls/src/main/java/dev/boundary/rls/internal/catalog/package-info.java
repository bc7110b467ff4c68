/** What a connected PostgreSQL role can do to row-level security. Plain JDBC, no other library. */
@NullMarked
package dev.boundary.rls.internal.catalog;

import org.jspecify.annotations.NullMarked;
