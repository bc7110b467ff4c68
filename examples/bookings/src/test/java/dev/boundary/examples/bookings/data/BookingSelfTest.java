package dev.boundary.examples.bookings.data;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.boundary.testing.BoundaryTest;
import dev.boundary.testing.SuiteSelfTest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.platform.engine.DiscoverySelector;

/** With any one protection taken away, the contract over the service's tables fails. */
@Tag("long") // runs the contract once for each protection
@BoundaryTest(BookingDatabase.class)
class BookingSelfTest extends SuiteSelfTest {

    @Override
    protected List<DiscoverySelector> suite() {
        return List.of(selectClass(BookingIsolationTest.class));
    }
}
