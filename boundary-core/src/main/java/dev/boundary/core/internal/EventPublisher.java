package dev.boundary.core.internal;

import dev.boundary.core.event.BoundaryEvent;
import dev.boundary.core.event.BoundaryListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands events to listeners in their order. Immutable and safe for use by several threads. */
public final class EventPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);

    private final List<BoundaryListener> listeners;

    /**
     * For some listeners.
     *
     * @param listeners the listeners; copied
     */
    public EventPublisher(List<BoundaryListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Notifies every listener. A listener that throws is logged as an error; the others are still notified.
     *
     * @param event what happened
     */
    public void publish(BoundaryEvent event) {
        for (BoundaryListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException e) {
                LOG.error("Listener {} failed on {}; the statement goes on", listener, event.getClass(), e);
            }
        }
    }
}
