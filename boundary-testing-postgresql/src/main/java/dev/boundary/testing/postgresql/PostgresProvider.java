package dev.boundary.testing.postgresql;

/** One way to a PostgreSQL server. */
interface PostgresProvider {

    /** What a user calls it: {@code url}, {@code testcontainers} or {@code embedded}. */
    String name();

    /** Why it cannot be used here and what it needs, as a sentence; empty if it can. */
    String obstacle();

    /**
     * Starts or finds the server.
     *
     * @param version the major version that is wanted, or empty for any
     * @throws IllegalStateException if it does not start
     */
    PostgresServer start(String version);

    /** How to get another version of PostgreSQL from it, as a sentence. */
    String versionAdvice();
}
