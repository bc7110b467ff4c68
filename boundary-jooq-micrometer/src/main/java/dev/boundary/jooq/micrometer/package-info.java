/** Boundary's counters in Micrometer. */
@NullMarked
package dev.boundary.jooq.micrometer;

import org.jspecify.annotations.NullMarked;
