package dev.boundary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.boundary.cli.Cli.Outcome;
import dev.boundary.testing.postgresql.PostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a command finds its database, its roles and their passwords, and that it keeps the passwords to itself. */
class ConnectionTest {

    private static final String PASSWORD_FILE = "org.postgresql.pgpassfile";
    private static final String SERVICE_FILE = "org.postgresql.pgservicefile";
    private static final String[] WHO = {"sql", "acme", "--format", "csv", "-c", "select current_user as me"};

    private static @Nullable EmbeddedPostgres strict;
    private static Shop shop;
    private static URI address;

    @TempDir
    private Path folder;

    /** The server of the other tests asks for no password; this one asks every role but its superuser. */
    @BeforeAll
    static void open(@TempDir Path readable) throws SQLException, IOException {
        assumeTrue(
                System.getProperty(PostgresServer.URL_PROPERTY, System.getenv(PostgresServer.URL_VARIABLE)) == null,
                "this class requires a server that it starts itself and reaches by URL");
        Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path rules = readable.resolve("hba");
        Files.writeString(rules, "host all postgres all trust\nhost all all all scram-sha-256\n");
        strict = EmbeddedPostgres.builder()
                .setServerConfig("hba_file", rules.toString())
                .start();
        System.setProperty(PostgresServer.URL_PROPERTY, strict.getJdbcUrl("postgres", "postgres"));
        shop = Shop.open(PostgresServer.shared("url"));
        System.clearProperty(PostgresServer.URL_PROPERTY);
        address = URI.create(shop.database().jdbcUrl().substring("jdbc:".length()));
    }

    @AfterAll
    static void close() throws SQLException, IOException {
        if (strict != null) {
            shop.close();
            strict.close();
        }
    }

    @AfterEach
    void forgetFiles() {
        System.clearProperty(PASSWORD_FILE);
        System.clearProperty(SERVICE_FILE);
    }

    @Test
    void theEnvironmentSaysWhere() {
        Cli cli = new Cli()
                .with("PGHOST", address.getHost())
                .with("PGPORT", String.valueOf(address.getPort()))
                .with("PGDATABASE", shop.database().name())
                .with("BOUNDARY_APP_PASSWORD", shop.database().password());
        assertThat(cli.run(WHO).out()).isEqualTo("me\nboundary_app\n");
        assertThat(cli.with("PGSSLMODE", "verify-full").run(WHO).code()).isEqualTo(ExitCode.DATABASE);
        assertThat(cli.with("PGHOST", "/var/run/postgresql").run(WHO).err()).contains("a Unix-domain socket");
        assertThat(new Cli().run(WHO).err()).contains("Which database?").contains("BOUNDARY_URL, PGSERVICE, or PGHOST");
        assertThat(new Cli().run(WHO).code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void eachRoleHasItsOwnPassword() throws IOException {
        passwords("boundary_app:" + shop.database().password(), "boundary_admin:not-this-one");
        Cli cli = new Cli().with("BOUNDARY_URL", shop.database().jdbcUrl()).with("PGUSER", "boundary_admin");
        assertThat(cli.run(WHO).out()).isEqualTo("me\nboundary_app\n");
        Outcome wrong = cli.run("tables");
        assertThat(wrong.code()).isEqualTo(ExitCode.DATABASE);
        assertThat(wrong.err())
                .contains("boundary_admin")
                .contains("28P01")
                .contains("use -W")
                .doesNotContain("not-this-one");
        passwords("boundary_admin:" + shop.database().password());
        assertThat(cli.run("tables").code()).isEqualTo(ExitCode.OK);
        assertThat(cli.run(WHO).code()).isEqualTo(ExitCode.DATABASE);
        // PGPASSWORD is the password of PGUSER, and of no other role.
        assertThat(cli.with("PGPASSWORD", shop.database().password()).run(WHO).code())
                .isEqualTo(ExitCode.DATABASE);
        assertThat(cli.with("PGUSER", "boundary_app").run(WHO).code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aServiceSaysWhereAndItsPasswordIsForItsUser() throws IOException {
        passwords("boundary_app:" + shop.database().password());
        Path services = folder.resolve("services");
        Files.writeString(services, """
                [shop]
                host=%1$s
                port=%2$d
                dbname=%3$s
                user=boundary_admin
                password=of-the-service
                [broken]
                passwort=geheim-1
                [good]
                host=%1$s
                port=%2$d
                dbname=%3$s
                user=boundary_admin
                password=%4$s
                """.formatted(
                        address.getHost(),
                        address.getPort(),
                        shop.database().name(),
                        shop.database().password()));
        System.setProperty(SERVICE_FILE, services.toString());
        Cli cli = new Cli().with("PGSERVICE", "shop");
        assertThat(cli.run(WHO).out()).isEqualTo("me\nboundary_app\n");
        Outcome wrong = cli.run("tables");
        assertThat(wrong.err()).contains("boundary_admin", "28P01").doesNotContain("of-the-service");
        assertThat(new Cli().with("PGSERVICE", "good").run("tables").code()).isEqualTo(ExitCode.OK);
        assertThat(new Cli()
                        .run("tables", "--url", "jdbc:postgresql://?service=good")
                        .code())
                .isEqualTo(ExitCode.OK);
        Outcome broken = new Cli().with("PGSERVICE", "broken").run("tables");
        assertThat(broken.code()).isEqualTo(ExitCode.USAGE);
        assertThat(broken.all())
                .contains("The service \"broken\" (PGSERVICE) cannot be used")
                .doesNotContain("geheim");
        assertThat(new Cli().with("PGSERVICE", "none").run("tables").err()).contains("must have a section [none]");
    }

    @Test
    void aPersonIsAskedForThePassword() {
        Cli cli = new Cli()
                .with("BOUNDARY_URL", shop.database().jdbcUrl())
                .typing()
                .knowing(shop.database().password());
        Outcome asked = cli.run(WHO);
        assertThat(asked.out()).isEqualTo("me\nboundary_app\n");
        assertThat(asked.err()).contains("Password of boundary_app: ");
        assertThat(cli.with("BOUNDARY_APP_PASSWORD", "wrong")
                        .run("sql", "acme", "-W", "-c", "select 1")
                        .code())
                .isEqualTo(ExitCode.OK);
        Outcome unattended =
                new Cli().with("BOUNDARY_URL", shop.database().jdbcUrl()).run("sql", "acme", "-W", "-c", "select 1");
        assertThat(unattended.code()).isEqualTo(ExitCode.USAGE);
        assertThat(unattended.err()).contains("There is no terminal to ask for the password on");
    }

    @Test
    void noOutputHoldsAPassword() {
        String password = shop.database().password();
        String url = shop.database().jdbcUrl();
        Cli cli = shop.cli();
        for (String[] arguments : List.of(
                new String[] {"tables"},
                new String[] {"doctor"},
                new String[] {"sql", "acme", "-c", "select nonsense"},
                new String[] {"sql", "acme", "-c", "select inet_server_port()"},
                new String[] {"run-all", "--json", "-c", "select 1 / 0"},
                new String[] {"tables", "--url", "jdbc:postgresql://localhost:1/shop"},
                new String[] {"tables", "--url", url + "_not"},
                new String[] {"tables", "--url", url + "?password=" + password},
                new String[] {"tables", "--url", "postgresql://me:" + password + "@localhost/shop"},
                new String[] {"tables", "postgresql://me:" + password + "@localhost/shop"},
                new String[] {"tables", "--urll", url + "?password=" + password},
                new String[] {"tables", "--user", "nobody_here"},
                new String[] {"sql", "acme", "--app-user", "nobody_here", "-c", "select 1"},
                new String[] {"help", "sql"},
                new String[] {"--help"})) {
            Outcome outcome = cli.run(arguments);
            assertThat(outcome.all())
                    .as(String.join(" ", arguments))
                    .isNotEmpty()
                    .doesNotContain(password);
        }
    }

    private void passwords(String... rolesAndPasswords) throws IOException {
        Path file = folder.resolve("pgpass");
        Files.deleteIfExists(file);
        StringBuilder lines = new StringBuilder();
        for (String entry : rolesAndPasswords) {
            lines.append(address.getHost() + ":" + address.getPort() + ":"
                    + shop.database().name() + ":" + entry + "\n");
        }
        Files.writeString(file, lines);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        System.setProperty(PASSWORD_FILE, file.toString());
    }
}
