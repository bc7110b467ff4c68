package dev.boundary.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.Scope.UnscopedScope;
import dev.boundary.core.event.BoundaryEvent;
import dev.boundary.core.event.BoundaryEvent.UnscopedAccess;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventPublisherTest {

    @Test
    void aThrowingListenerStopsNeitherOtherListenersNorTheCaller() {
        List<BoundaryEvent> heard = new ArrayList<>();
        EventPublisher events = new EventPublisher(List.of(
                event -> {
                    throw new IllegalStateException("broken listener");
                },
                heard::add));
        UnscopedAccess event = new UnscopedAccess(new UnscopedScope("audit"), "select 1");
        events.publish(event);
        assertThat(heard).containsExactly(event);
        assertThat(event.scope()).contains(new UnscopedScope("audit"));
    }
}
