package dev.boundary.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.UnscopedScope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundaryEventsTest {

    @Test
    void aListenerThatThrowsStopsNeitherTheOthersNorTheCaller() {
        List<BoundaryEvent> heard = new ArrayList<>();
        BoundaryEvents events = new BoundaryEvents(List.of(
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
