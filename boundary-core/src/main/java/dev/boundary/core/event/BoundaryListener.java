package dev.boundary.core.event;

/**
 * Receives {@link BoundaryEvent}s, in the thread in which they happen and before the exception (if any) is thrown.
 *
 * <p>Called by several threads at once. Exceptions that it throws are logged and go no further, so that a listener
 * cannot break the statement that an event is about.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface BoundaryListener {

    /**
     * Receives an event.
     *
     * @param event what happened
     */
    void onEvent(BoundaryEvent event);
}
