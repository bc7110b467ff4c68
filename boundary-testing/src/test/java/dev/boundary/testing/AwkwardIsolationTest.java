package dev.boundary.testing;

import org.junit.jupiter.api.Tag;

/** The contract over sixty tables that are hard to fill. */
@BoundaryTest(AwkwardSetup.Twice.class)
@Tag("long") // two thousand tests
class AwkwardIsolationTest extends IsolationContract {}
