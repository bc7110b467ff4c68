/** A network in front of PostgreSQL that is slow by a known time and counts flushes. */
@NullMarked
package dev.boundary.benchmarks.proxy;

import org.jspecify.annotations.NullMarked;
