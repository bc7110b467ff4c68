package dev.boundary.examples.bookings.data;

import static dev.boundary.examples.bookings.db.Tables.BOOKING_LINE;
import static dev.boundary.examples.bookings.db.Tables.CLUB;
import static dev.boundary.examples.bookings.db.Tables.CURRENCY;
import static dev.boundary.examples.bookings.db.Tables.TEMPLATE;

import dev.boundary.examples.bookings.db.Public;
import dev.boundary.jooq.schema.TenantSchema;

/** Which tables belong to clubs, and how. */
public final class BookingSchema {

    /** All of them; a table that is missing here keeps the service from starting. */
    public static final TenantSchema TENANTS = TenantSchema.builder(Public.PUBLIC)
            .tenantColumn("tenant_id") // court, member, booking and booking_counter
            .child(BOOKING_LINE.BOOKING_ID)
            .mixed(TEMPLATE)
            .global(CURRENCY)
            .global(CLUB)
            .build();

    private BookingSchema() {}
}
