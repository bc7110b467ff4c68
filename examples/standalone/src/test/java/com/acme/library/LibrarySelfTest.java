package com.acme.library;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import dev.boundary.testing.BoundaryTest;
import dev.boundary.testing.SuiteSelfTest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.platform.engine.DiscoverySelector;

/** Takes one protection away at a time: some test must fail. */
@BoundaryTest
@Tag("self-test")
class LibrarySelfTest extends SuiteSelfTest {

    @Override
    protected List<DiscoverySelector> suite() {
        return List.of(selectPackage("com.acme.library"));
    }
}
