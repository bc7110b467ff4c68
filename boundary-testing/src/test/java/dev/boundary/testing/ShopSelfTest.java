package dev.boundary.testing;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.platform.engine.discovery.ClassSelector;

// @start region="self-test"
@BoundaryTest(ShopSetup.class)
class ShopSelfTest extends SuiteSelfTest {
    @Override
    protected List<ClassSelector> suite() {
        return List.of(selectClass(ShopTest.class), selectClass(ShopIsolationTest.class));
    }
}
// @end
