/**
 * Test support for services that embed Boundary.
 *
 * <ul>
 *   <li>{@link dev.boundary.testing.BoundaryTest}: a database for a test class; fails tests that leave their scope.
 *   <li>{@link dev.boundary.testing.Isolation}: assertions about what tenants see and change.
 *   <li>{@link dev.boundary.testing.IsolationContract}: checks every table with every kind of statement.
 *   <li>{@link dev.boundary.testing.SuiteSelfTest}: checks that the tests notice when protection is missing.
 * </ul>
 */
@NullMarked
package dev.boundary.testing;

import org.jspecify.annotations.NullMarked;
