package dev.boundary.examples.bookings.data;

import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.testing.DatabaseSetup;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.SQLException;

/** What the tests with {@code @BoundaryTest} find in their databases: the service's own change log and declaration. */
public final class BookingDatabase implements DatabaseSetup {

    @Override
    public TenantSchema schema() {
        return BookingSchema.TENANTS;
    }

    @Override
    public void migrate(TestDatabase database) throws SQLException {
        Migration.run(database.owner());
    }
}
