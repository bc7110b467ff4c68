package dev.boundary.jooq.internal;

import org.jooq.Configuration;
import org.jooq.impl.DefaultConfiguration;

/** Whether jOOQ would execute by R2DBC, where it calls no execute listener and uses no connection of Boundary's. */
public final class Reactive {

    private static final Class<?> NONE =
            new DefaultConfiguration().connectionFactory().getClass();

    private Reactive() {}

    /**
     * Whether a configuration has connections for R2DBC.
     *
     * @param configuration the configuration
     * @return whether it has
     */
    public static boolean isConfigured(Configuration configuration) {
        return configuration.connectionFactory().getClass() != NONE;
    }
}
