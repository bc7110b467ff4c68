/**
 * PostgreSQL servers and databases for tests.
 *
 * <ul>
 *   <li>{@link dev.boundary.testing.postgresql.PostgresServer}: a server, found or started once for each test run.
 *   <li>{@link dev.boundary.testing.postgresql.TestDatabase}: a database on it, with an owner, an application and an
 *       admin role.
 * </ul>
 */
@NullMarked
package dev.boundary.testing.postgresql;

import org.jspecify.annotations.NullMarked;
