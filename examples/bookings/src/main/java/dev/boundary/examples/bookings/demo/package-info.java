/** The demo: two clubs at work, and attempts to cross the boundary between them. */
@NullMarked
package dev.boundary.examples.bookings.demo;

import org.jspecify.annotations.NullMarked;
