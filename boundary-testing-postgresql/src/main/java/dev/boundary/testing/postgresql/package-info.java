/**
 * Where test databases come from.
 *
 * <ul>
 *   <li>{@link dev.boundary.testing.postgresql.PostgresServer}: a server, found or started once for a test run.
 *   <li>{@link dev.boundary.testing.postgresql.TestDatabase}: a fresh database on it, with an owner, an application and
 *       an admin role.
 * </ul>
 */
@NullMarked
package dev.boundary.testing.postgresql;

import org.jspecify.annotations.NullMarked;
