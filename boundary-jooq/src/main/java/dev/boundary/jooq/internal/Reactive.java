package dev.boundary.jooq.internal;

import org.jooq.Configuration;
import org.jooq.impl.DefaultConfiguration;

/** Detects R2DBC, where jOOQ calls no execute listener and uses no connection of Boundary's. */
public final class Reactive {

    private static final Class<?> NONE =
            new DefaultConfiguration().connectionFactory().getClass();

    private Reactive() {}

    /**
     * Whether jOOQ would execute the statements of a configuration by R2DBC.
     *
     * @param configuration the configuration
     * @return true if the configuration has a {@code ConnectionFactory}
     */
    public static boolean isConfigured(Configuration configuration) {
        return configuration.connectionFactory().getClass() != NONE;
    }
}
