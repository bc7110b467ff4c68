package dev.boundary.core.event;

/**
 * Hears of {@link BoundaryEvent}s, in the thread in which they happen and before the exception (if any) is thrown.
 *
 * <p>Called by several threads at once. What it throws is logged and goes no further, so that a listener cannot break
 * the statement it hears of.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface BoundaryListener {

    /**
     * Something happened.
     *
     * @param event what
     */
    void onEvent(BoundaryEvent event);
}
