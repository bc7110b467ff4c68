package dev.boundary.jooq.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.testing.postgresql.PostgresServer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it says to those whose configuration lacks something. */
class LiquibasePostgresDatabaseTest {

    @TempDir
    Path directory;

    private LiquibasePostgresDatabase database;

    @BeforeEach
    void createDatabase() {
        database = new LiquibasePostgresDatabase();
        database.setBasedir(directory.toString());
    }

    private void setChangeLog(String file) {
        Properties properties = new Properties();
        properties.setProperty("changeLogFile", file);
        database.setProperties(properties);
    }

    @Test
    void asksForTheChangeLog() {
        database.setProperties(new Properties());
        assertThatThrownBy(() -> database.create0())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("changeLogFile");
    }

    @Test
    void namesTheFolderWithoutTheChangeLog() {
        setChangeLog("absent.yaml");
        assertThatThrownBy(() -> database.create0())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("absent.yaml", directory.toString(), "rootPath");
    }

    @Test
    void saysWhereAMissingProviderOfPostgresqlBelongs() throws IOException {
        setChangeLog("changelog.yaml");
        Files.writeString(directory.resolve("changelog.yaml"), "databaseChangeLog: []");
        String before = System.setProperty(PostgresServer.PROVIDER_PROPERTY, "absent");
        try {
            assertThatThrownBy(() -> database.create0())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("dependencies of the code generator", "\"absent\"");
        } finally {
            if (before == null) {
                System.clearProperty(PostgresServer.PROVIDER_PROPERTY);
            } else {
                System.setProperty(PostgresServer.PROVIDER_PROPERTY, before);
            }
        }
    }

    @Test
    void asksForBoundarysChangesWhereTheyAreMissing() throws IOException {
        Path schema = Files.createDirectories(directory.resolve("www.boundary.dev/xml/ns"));
        Files.createFile(schema.resolve("boundary-1.0.xsd"));
        try (URLClassLoader with =
                        new URLClassLoader(new URL[] {directory.toUri().toURL()}, null);
                URLClassLoader without = new URLClassLoader(new URL[0], null)) {
            assertThat(ChangeLogFile.adviceWithout(with)).isEmpty();
            assertThat(ChangeLogFile.adviceWithout(without)).contains("dev.boundary:boundary-rls-migrations");
        }
    }
}
