package dev.boundary.testing.postgresql;

/** One way to a PostgreSQL server. */
interface PostgresProvider {

    /** What a user calls it: {@code url}, {@code testcontainers} or {@code embedded}. */
    String name();

    /** Why it cannot be used here and what it needs, as a sentence; empty if it can. */
    String obstacle();

    PostgresServer start();
}
