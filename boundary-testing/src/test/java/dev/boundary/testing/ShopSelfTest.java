package dev.boundary.testing;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.platform.engine.discovery.ClassSelector;

@Tag("long") // runs the suite once for each mutation
// @start region="self-test"
@BoundaryTest(ShopSetup.class)
class ShopSelfTest extends SuiteSelfTest {
    @Override
    protected List<ClassSelector> suite() {
        return List.of(selectClass(ShopTest.class), selectClass(ShopIsolationTest.class));
    }
}
// @end
