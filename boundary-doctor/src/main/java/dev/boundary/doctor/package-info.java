/**
 * The doctor: reads {@code pg_catalog} over plain JDBC and reports every gap in row-level security that a catalog can
 * show, each with a stable rule, the reason and the statements that fix it. {@link dev.boundary.doctor.Doctor} is the
 * entry point.
 */
@NullMarked
package dev.boundary.doctor;

import org.jspecify.annotations.NullMarked;
