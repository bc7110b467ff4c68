/** What comes out: ratios as a table, JSON and a chart. */
@NullMarked
package dev.boundary.benchmarks.report;

import org.jspecify.annotations.NullMarked;
