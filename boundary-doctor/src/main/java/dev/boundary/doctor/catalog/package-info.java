/**
 * What the doctor needs of {@code pg_catalog}, read once, immutable.
 *
 * <p>How Boundary was installed and which tables it protects is read by {@code dev.boundary.rls.internal.catalog}, as
 * everywhere. The rest is read here, because the doctor also examines views, routines, roles and grants, and reads all
 * of it in one snapshot.
 */
@NullMarked
package dev.boundary.doctor.catalog;

import org.jspecify.annotations.NullMarked;
