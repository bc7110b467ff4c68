/** The HTTP API: the club is the host name's first label. */
@NullMarked
package dev.boundary.examples.bookings.http;

import org.jspecify.annotations.NullMarked;
