/** What a club can do. No statement in here names a tenant. */
@NullMarked
package dev.boundary.examples.bookings.service;

import org.jspecify.annotations.NullMarked;
