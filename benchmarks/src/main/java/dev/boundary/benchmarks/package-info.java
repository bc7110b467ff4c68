/** The benchmarks: what runs, in which order, on which database. */
@NullMarked
package dev.boundary.benchmarks;

import org.jspecify.annotations.NullMarked;
