package dev.boundary.examples.bookings.data;

import dev.boundary.testing.BoundaryTest;
import dev.boundary.testing.IsolationContract;

/** No club reaches another's rows in any table, through either layer. */
@BoundaryTest(BookingDatabase.class)
class BookingIsolationTest extends IsolationContract {}
