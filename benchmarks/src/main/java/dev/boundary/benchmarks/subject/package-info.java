/** What is compared: ways to keep tenants apart, all doing the same work. */
@NullMarked
package dev.boundary.benchmarks.subject;

import org.jspecify.annotations.NullMarked;
