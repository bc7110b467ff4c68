package dev.boundary.testing.postgresql;

import org.slf4j.LoggerFactory;

/** One source of PostgreSQL servers. */
interface PostgresProvider {

    /** What users call it: {@code url}, {@code testcontainers} or {@code embedded}. */
    String name();

    /** Why it cannot be used here and what it requires, as a sentence; empty if it can be used. */
    String obstacle();

    /**
     * Starts or finds the server.
     *
     * @param version the required major version, or empty for any
     * @throws IllegalStateException if it does not start
     */
    RunningServer start(String version);

    /** How to get another version of PostgreSQL from it, as a sentence. */
    String versionAdvice();

    /** Whether the class path has the library that a provider builds on. */
    static boolean isOnClassPath(String className) {
        try {
            Class.forName(className, false, PostgresProvider.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            LoggerFactory.getLogger(PostgresProvider.class).debug("{} is not on the class path", className, e);
            return false;
        }
    }
}
