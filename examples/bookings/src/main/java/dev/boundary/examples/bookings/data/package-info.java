/** The database: its migration, its pool, and which tables belong to clubs. */
@NullMarked
package dev.boundary.examples.bookings.data;

import org.jspecify.annotations.NullMarked;
