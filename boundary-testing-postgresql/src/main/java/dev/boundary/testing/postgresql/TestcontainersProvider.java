package dev.boundary.testing.postgresql;

import java.util.UUID;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A server in a container. Testcontainers stops it when the JVM ends. */
final class TestcontainersProvider implements PostgresProvider {

    private static final String REPOSITORY = "postgres";
    private static final String DEFAULT_VERSION = "18";

    @Override
    public String name() {
        return "testcontainers";
    }

    @Override
    public String obstacle() {
        if (!PostgresProvider.isOnClassPath("org.testcontainers.postgresql.PostgreSQLContainer")) {
            return "add org.testcontainers:testcontainers-postgresql (2.x) to the test class path.";
        }
        return Docker.answers()
                ? ""
                : "no Docker engine answers. Start one, or let DOCKER_HOST name it; without one use the provider"
                        + " \"embedded\" or \"url\".";
    }

    @Override
    public RunningServer start(String version) {
        return Docker.start(image(version));
    }

    @Override
    public String versionAdvice() {
        return "Name another image by " + Setting.IMAGE + ", or none.";
    }

    /** The image that the setting names, else the official one of the required version. */
    static String image(String version) {
        String image = Setting.IMAGE.value();
        return image == null ? REPOSITORY + ":" + (version.isEmpty() ? DEFAULT_VERSION : version) : image.strip();
    }

    /** Apart, so that the class above loads without Testcontainers. */
    static final class Docker {

        private Docker() {}

        static boolean answers() {
            return DockerClientFactory.instance().isDockerAvailable();
        }

        @SuppressWarnings("resource") // lives as long as the JVM; Testcontainers removes it then
        static RunningServer start(String image) {
            PostgreSQLContainer container = container(image);
            try {
                container.start();
            } catch (RuntimeException e) {
                throw new IllegalStateException(
                        "The container of image \"" + image + "\" did not start: " + e.getMessage(), e);
            }
            return RunningServer.started(access(container), container.getPassword(), container::stop);
        }

        private static ServerAccess access(PostgreSQLContainer container) {
            return new ServerAccess(
                    container.getHost(),
                    container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                    container.getUsername(),
                    container.getPassword());
        }

        /** Test data need not survive a crash: durability is traded for speed. Many tests may connect at once. */
        static PostgreSQLContainer container(String image) {
            return new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor(REPOSITORY))
                    .withUsername("postgres")
                    .withDatabaseName("postgres")
                    .withPassword(UUID.randomUUID().toString())
                    .withCommand(("postgres -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
                                    + " -c max_connections=300")
                            .split(" "));
        }
    }
}
