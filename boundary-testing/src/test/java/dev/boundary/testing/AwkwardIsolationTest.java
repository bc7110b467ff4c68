package dev.boundary.testing;

/** The contract over sixty tables that are hard to fill. */
@BoundaryTest(AwkwardSetup.class)
class AwkwardIsolationTest extends IsolationContract {}
