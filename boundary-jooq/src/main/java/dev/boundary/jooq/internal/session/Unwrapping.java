package dev.boundary.jooq.internal.session;

import dev.boundary.core.StatementRefusedException;

/** Answers {@code unwrap}: what the driver's own objects execute would carry no scope. */
final class Unwrapping {

    private Unwrapping() {}

    static <T> T unwrap(Object wrapper, Class<T> type) {
        if (type.isInstance(wrapper)) {
            return type.cast(wrapper);
        }
        throw new StatementRefusedException(
                "unwrap(" + type.getSimpleName() + ".class) on what carries a tenant",
                "The driver's own object knows nothing of scopes: what it executes has no tenant, or that of another"
                        + " statement.",
                "For COPY, LISTEN or large objects take a connection of your own pool.");
    }
}
