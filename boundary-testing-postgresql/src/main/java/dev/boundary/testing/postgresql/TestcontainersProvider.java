package dev.boundary.testing.postgresql;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A server in a container. Testcontainers stops it when the JVM ends. */
final class TestcontainersProvider implements PostgresProvider {

    static final String IMAGE_PROPERTY = "boundary.test.image";
    static final String IMAGE_VARIABLE = "BOUNDARY_TEST_IMAGE";
    private static final String REPOSITORY = "postgres";
    private static final String DEFAULT_VERSION = "18";

    @Override
    public String name() {
        return "testcontainers";
    }

    @Override
    public String obstacle() {
        if (!PostgresProviders.onClassPath("org.testcontainers.postgresql.PostgreSQLContainer")) {
            return "add org.testcontainers:testcontainers-postgresql (2.x) to the test class path.";
        }
        return Docker.answers()
                ? ""
                : "no Docker engine answers. Start one, or let DOCKER_HOST name it; without one use the provider"
                        + " \"embedded\" or \"url\".";
    }

    @Override
    public PostgresServer start(String version) {
        return Docker.start(image(version));
    }

    @Override
    public String versionAdvice() {
        return "Name another image by " + IMAGE_PROPERTY + " or " + IMAGE_VARIABLE + ", or none.";
    }

    /** The image that is named, else the official one of the version that is wanted. */
    static String image(String version) {
        @Nullable String image = PostgresProviders.setting(IMAGE_PROPERTY, IMAGE_VARIABLE);
        return image == null ? REPOSITORY + ":" + (version.isEmpty() ? DEFAULT_VERSION : version) : image.strip();
    }

    /** Apart, so that the class above loads without Testcontainers. */
    static final class Docker {

        private Docker() {}

        static boolean answers() {
            return DockerClientFactory.instance().isDockerAvailable();
        }

        @SuppressWarnings("resource") // lives as long as the JVM; Testcontainers removes it then
        static PostgresServer start(String image) {
            PostgreSQLContainer container = container(image);
            try {
                container.start();
            } catch (RuntimeException e) {
                throw new IllegalStateException(
                        "The container of image \"" + image + "\" did not start: " + e.getMessage(), e);
            }
            return new PostgresServer(
                    new ServerAccess(
                            container.getHost(),
                            container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                            container.getUsername(),
                            container.getPassword()),
                    container.getPassword(),
                    container::stop);
        }

        /** Nobody's data: durability is traded for speed, and many tests may connect at once. */
        static PostgreSQLContainer container(String image) {
            String password = UUID.randomUUID().toString();
            return new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor(REPOSITORY))
                    .withUsername("postgres")
                    .withDatabaseName("postgres")
                    .withPassword(password)
                    .withCommand(
                            "postgres",
                            "-c",
                            "fsync=off",
                            "-c",
                            "synchronous_commit=off",
                            "-c",
                            "full_page_writes=off",
                            "-c",
                            "max_connections=300");
        }
    }
}
