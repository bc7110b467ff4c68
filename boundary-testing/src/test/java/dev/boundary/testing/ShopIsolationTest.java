package dev.boundary.testing;

// @start region="contract"
@BoundaryTest(ShopSetup.class)
class ShopIsolationTest extends IsolationContract {}
// @end
