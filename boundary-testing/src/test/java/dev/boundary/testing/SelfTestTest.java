package dev.boundary.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;

/** A self-test names what a suite does not notice, and refuses a suite that fails as is. */
class SelfTestTest {

    @Test
    void whatSurvivedIsNamed() {
        assertThat(TestKit.failures(Weak.class))
                .anySatisfy(failure ->
                        assertThat(failure).contains("Survived: the query layer leaves public.booking alone"))
                .anySatisfy(failure ->
                        assertThat(failure).contains("Survived: the policies on public.booking let every row pass"))
                .allSatisfy(failure -> assertThat(failure).contains("IsolationContract"));
    }

    @Test
    void aSuiteThatFailsAsIsShowsNothing() {
        assertThat(TestKit.failures(Failing.class))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("The suite fails as is, so it can show nothing")
                        .contains("always fails"));
    }

    @BoundaryTest(ShopSetup.class)
    static final class Weak extends SuiteSelfTest {
        @Override
        protected List<DiscoverySelector> suite() {
            return List.of(TestKit.method(ShopTest.class, "seesItsOwnBooking"));
        }
    }

    @BoundaryTest(ShopSetup.class)
    static final class Failing extends SuiteSelfTest {
        @Override
        protected List<DiscoverySelector> suite() {
            return List.of(DiscoverySelectors.selectClass(AlwaysFails.class));
        }
    }

    static final class AlwaysFails {
        @Test
        void always() {
            assertThat(1).as("always fails").isZero();
        }
    }
}
