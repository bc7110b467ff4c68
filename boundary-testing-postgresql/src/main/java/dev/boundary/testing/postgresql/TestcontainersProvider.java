package dev.boundary.testing.postgresql;

import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A server in a container. Testcontainers stops it when the JVM ends. */
final class TestcontainersProvider implements PostgresProvider {

    static final String IMAGE_PROPERTY = "boundary.test.image";
    static final String IMAGE_VARIABLE = "BOUNDARY_TEST_IMAGE";
    private static final String DEFAULT_IMAGE = "postgres:18";

    @Override
    public String name() {
        return "testcontainers";
    }

    @Override
    public String obstacle() {
        if (!PostgresProviders.onClassPath("org.testcontainers.postgresql.PostgreSQLContainer")) {
            return "add org.testcontainers:testcontainers-postgresql (2.x) to the test class path.";
        }
        return Docker.answers() ? "" : "no Docker engine answers.";
    }

    @Override
    public PostgresServer start() {
        return Docker.start(
                Objects.requireNonNullElse(PostgresProviders.setting(IMAGE_PROPERTY, IMAGE_VARIABLE), DEFAULT_IMAGE));
    }

    /** Apart, so that the class above loads without Testcontainers. */
    private static final class Docker {

        static boolean answers() {
            return DockerClientFactory.instance().isDockerAvailable();
        }

        @SuppressWarnings("resource") // lives as long as the JVM; Testcontainers removes it then
        static PostgresServer start(String image) {
            PostgreSQLContainer container = new PostgreSQLContainer(image);
            container.start();
            return new PostgresServer(
                    container.getHost(),
                    container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                    container.getUsername(),
                    container.getPassword(),
                    container::stop);
        }
    }
}
