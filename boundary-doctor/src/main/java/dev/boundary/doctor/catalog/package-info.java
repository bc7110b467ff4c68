/** What the doctor needs of {@code pg_catalog}, read once, immutable. */
@NullMarked
package dev.boundary.doctor.catalog;

import org.jspecify.annotations.NullMarked;
