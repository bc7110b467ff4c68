package dev.boundary.rls.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.Catalog;
import dev.boundary.rls.Migrations;
import dev.boundary.rls.RlsChange;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.change.ChangeFactory;
import liquibase.change.ChangeMetaData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The changes work for an application on the module path, where Liquibase reaches only what their module exports to it.
 * All other tests run on the class path and would not see that something is missing.
 */
@ResourceLock(Migrations.LIQUIBASE)
class ModulePathTest {

    private static final Path SOURCES = Path.of("src", "test", "module-path");
    private static final Path CHANGE_LOGS = Path.of("src", "test", "resources", "changelogs");
    private static final String APPLICATION = "com.acme.migrations";

    /** What Liquibase needs, as jars on the class path of this test. */
    private static final String LIBRARIES =
            "(liquibase-core|snakeyaml|opencsv|commons-[a-z0-9]+|postgresql|jspecify|slf4j-api|slf4j-nop)-[0-9].*\\.jar";

    @Test
    void changeLogsRunOnTheModulePath(@TempDir Path folder) throws Exception {
        Path attributes = folder.resolve("every-attribute.yaml");
        Files.writeString(attributes, changeLogWithEveryAttribute());
        Files.copy(CHANGE_LOGS.resolve("all.xml"), folder.resolve("all.xml"));
        String modulePath = modulePath();
        Path application = compile(folder.resolve("classes"), modulePath);
        try (TestDatabase database = PostgresServer.shared().createDatabase()) {
            TestDatabase.execute(database.owner(), ChangeLogTest.TABLES);
            List<String> before = Catalog.of(database.superuser());
            List<String> printed = run(
                    database,
                    List.of(
                            "--module-path",
                            modulePath + File.pathSeparator + application,
                            // Liquibase has no descriptor and requires its libraries by no name.
                            "--add-modules",
                            "ALL-MODULE-PATH",
                            "--module",
                            APPLICATION + "/" + APPLICATION + ".Main",
                            folder.toString(),
                            "every-attribute.yaml",
                            "all.xml"));
            assertThat(printed)
                    .contains("module=" + APPLICATION, "module=dev.boundary.rls.liquibase")
                    .containsAll(everyAttribute())
                    .contains("ran=all.xml");
            assertThat(Catalog.of(database.superuser())).isEqualTo(before);
        }
    }

    private static List<String> run(TestDatabase database, List<String> arguments) throws Exception {
        Path output = Files.createTempFile("module-path", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.command().addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        builder.command().addAll(arguments);
        builder.environment().put("DB_URL", database.jdbcUrl());
        builder.environment().put("DB_USER", database.owner().getUser());
        builder.environment().put("DB_PASSWORD", database.password());
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit = process.waitFor();
        String text = Files.readString(output);
        Files.delete(output);
        assertThat(exit).as(text).isZero();
        return text.lines().toList();
    }

    private static Path compile(Path classes, String modulePath) throws Exception {
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            Stream<String> files = sources.map(Path::toString).filter(file -> file.endsWith(".java"));
            String[] arguments = Stream.concat(
                            Stream.of("--module-path", modulePath, "-d", classes.toString(), "-proc:none"), files)
                    .toArray(String[]::new);
            assertThat(ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, arguments))
                    .as("javac")
                    .isZero();
        }
        return classes;
    }

    /** Boundary's modules as they are published, and the libraries, which are automatic modules. */
    private static String modulePath() {
        Stream<String> boundary = Stream.of(BoundaryChange.class, RlsChange.class, TenantKeyType.class)
                .map(ModulePathTest::location);
        Stream<String> libraries = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> Path.of(entry).getFileName().toString().matches(LIBRARIES));
        return Stream.concat(boundary, libraries).collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A change set for each change, which says something else for each attribute. */
    private static String changeLogWithEveryAttribute() {
        return changes()
                .map(change -> change.getParameters().keySet().stream()
                        .map(attribute -> attribute + ": " + value(attribute))
                        .collect(Collectors.joining(
                                ", ",
                                "  - changeSet: { id: " + change.getName()
                                        + ", author: test, runInTransaction: false, changes: [ { " + change.getName()
                                        + ": { ",
                                " } } ] }\n")))
                .collect(Collectors.joining("", "databaseChangeLog:\n", ""));
    }

    private static List<String> everyAttribute() {
        return changes()
                .flatMap(change -> change.getParameters().keySet().stream()
                        .map(attribute -> change.getName() + "." + attribute + "=" + value(attribute)))
                .toList();
    }

    private static String value(String attribute) {
        return "the-" + attribute;
    }

    private static Stream<ChangeMetaData> changes() {
        ChangeFactory factory = Scope.getCurrentScope().getSingleton(ChangeFactory.class);
        return ServiceLoader.load(Change.class).stream()
                .filter(provider -> BoundaryChange.class.isAssignableFrom(provider.type()))
                .map(provider -> factory.getChangeMetaData(provider.get()));
    }
}
