package dev.boundary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.boundary.testing.postgresql.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as people run it, in another process. Runs after the jar was built. */
class BoundaryJarTest {

    private static final Path JAR = Path.of("target", "boundary.jar");
    private static final Pattern ALLOWED = Pattern.compile("META-INF/.*|LICENSE.*|NOTICE.*|dev/|dev/boundary/|"
            + "dev/boundary/(cli|core|doctor|registry|rls|routing|tenants)/.*|picocli/.*|org/|org/(postgresql|slf4j|jspecify)/.*|"
            + "tools/|tools/jackson/.*|com/|com/fasterxml/|com/fasterxml/jackson/|com/fasterxml/jackson/annotation/.*");

    private static Shop shop;

    @TempDir
    private Path folder;

    /** How a process ended. */
    private record Ended(int code, String out, String err) {}

    @BeforeAll
    static void open() throws SQLException {
        shop = Shop.open();
    }

    @AfterAll
    static void close() throws SQLException {
        shop.close();
    }

    @Test
    void theJarHasWhatItNeedsAndNoMore() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> entries = jar.stream().map(Object::toString).toList();
            assertThat(entries).contains("dev/boundary/cli/BoundaryCli.class", "picocli/CommandLine.class");
            assertThat(entries)
                    .filteredOn(entry -> !ALLOWED.matcher(entry).matches())
                    .isEmpty();
            assertThat(entries)
                    .filteredOn(entry -> entry.contains("liquibase") || entry.endsWith("Test.class"))
                    .isEmpty();
        }
    }

    @Test
    void exitCodesAreThoseOfTheCommands() throws Exception {
        assertThat(end(start("--version")).out()).startsWith("boundary ").doesNotContain("not from a jar");
        assertThat(end(start("run-all", "-c", "select 1 / 0"))).satisfies(ended -> {
            assertThat(ended.code()).isEqualTo(ExitCode.FOUND);
            assertThat(ended.err())
                    .contains("division by zero", "0 succeeded, 2 failed")
                    .doesNotContain("\tat ");
        });
        assertThat(end(start("no-such-command")).code()).isEqualTo(ExitCode.USAGE);
        assertThat(end(start("list", "--url", "jdbc:postgresql://localhost:1/shop"))
                        .code())
                .isEqualTo(ExitCode.DATABASE);
        Ended sql = end(start("sql", "acme", "--format", "csv", "-c", "select count(*) from booking"));
        assertThat(sql).isEqualTo(new Ended(ExitCode.OK, "count\n2\n", "1 row\n"));
    }

    /** The driver logs such lines, and what is logged goes to standard error. */
    @Test
    void aPasswordInAServiceFileIsNotLogged() throws Exception {
        Path services = folder.resolve("services");
        Files.writeString(services, "[shop]\nhost=localhost\npasswort=geheim-1\n");
        ProcessBuilder builder = builder("list");
        builder.environment().remove("BOUNDARY_URL");
        builder.environment().put("PGSERVICE", "shop");
        builder.environment().put("PGSERVICEFILE", services.toString());
        Ended ended = end(builder.start());
        assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.out() + ended.err()).doesNotContain("geheim").contains("service \"shop\"");
    }

    @Test
    void aKilledRunLeavesNoProgramBehind() throws Exception {
        Process process = start("run-all", "--parallel", "2", "--", sleeper());
        List<ProcessHandle> programs = programs(process, 2);
        process.destroyForcibly().waitFor();
        awaitEnd(programs);
    }

    /** By SIGTERM: a shell lets what it starts in the background ignore SIGINT, and so may what runs this test. */
    @Test
    void anInterruptedRunEndsItsProgramsAndReportsIt() throws Exception {
        Process process = start("run-all", "--parallel", "2", "--", sleeper());
        List<ProcessHandle> programs = programs(process, 2);
        new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid()))
                .start()
                .waitFor();
        Ended ended = end(process);
        awaitEnd(programs);
        assertThat(ended.code()).isEqualTo(128 + 15);
        assertThat(ended.err()).contains("acme: failed: interrupted", "Interrupted after 2 of 2");
    }

    @Test
    @Tag("long")
    void aKilledRunLeavesNoStatementBehind() throws Exception {
        Process process = start("run-all", "--parallel", "2", "-c", "select pg_sleep(1000)");
        awaitStatements(2);
        process.destroyForcibly().waitFor();
        awaitStatements(0);
    }

    @Test
    @Tag("long")
    void anInterruptedRunEndsItsStatements() throws Exception {
        Process process = start("run-all", "--json", "-c", "select pg_sleep(1000)");
        awaitStatements(1);
        new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid()))
                .start()
                .waitFor();
        Ended ended = end(process);
        awaitStatements(0);
        assertThat(ended.code()).isEqualTo(128 + 15);
        assertThat(ended.out()).contains("{\"event\":\"interrupted\",\"done\":1,\"total\":2}");
    }

    @Test
    @Tag("long")
    void aTerminalShowsAProgressBar() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "needs the program script");
        String command = String.join(" ", builder("run-all", "-c", "'select 1'").command());
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/script", "-qefc", command, "/dev/null");
        builder.environment().putAll(builder("list").environment());
        Ended ended = end(builder.start());
        assertThat(ended.out()).contains("[##############################] 2 of 2 (100 %)");
        assertThat(ended.code()).isEqualTo(ExitCode.OK);
    }

    private static Process start(String... arguments) throws IOException {
        return builder(arguments).start();
    }

    private static ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                JAR.toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        TestDatabase database = shop.database();
        builder.environment().put("BOUNDARY_URL", database.jdbcUrl());
        builder.environment().put("BOUNDARY_ONE_DATABASE", "true");
        builder.environment().put("PGUSER", database.roles().admin());
        builder.environment().put("PGPASSWORD", database.password());
        builder.environment().put("BOUNDARY_APP_PASSWORD", database.password());
        return builder;
    }

    private static Ended end(Process process) throws Exception {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(out + err).isTrue();
        assertThat(out + err).doesNotContain(shop.database().password());
        return new Ended(process.exitValue(), out, err);
    }

    /** A program that starts another one, prints the ids of both, and does not end on its own. */
    private String sleeper() throws IOException {
        Path file = folder.resolve("sleeper.sh");
        Files.writeString(file, "#!/bin/sh\nsleep 1000 &\necho $$ $!\nwait\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    private static List<ProcessHandle> programs(Process process, int runs) throws IOException {
        List<ProcessHandle> programs = new ArrayList<>();
        BufferedReader out = process.inputReader();
        for (int i = 0; i < runs; i++) {
            String line = out.readLine();
            assertThat(line).isNotNull();
            for (String number : line.substring(line.indexOf('|') + 1).strip().split(" ", -1)) {
                programs.add(ProcessHandle.of(Long.parseLong(number)).orElseThrow());
            }
        }
        return programs;
    }

    private static void awaitEnd(List<ProcessHandle> programs) throws Exception {
        for (ProcessHandle program : programs) {
            program.onExit().get(1, TimeUnit.MINUTES);
        }
    }

    private static void awaitStatements(int expected) throws SQLException {
        try (Connection connection = shop.database().superuser().getConnection();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 600; i++) {
                try (ResultSet row = statement.executeQuery("select count(*), pg_sleep(0.1) from pg_stat_activity"
                        + " where datname = current_database() and query like 'select pg_sleep(1000)%'")) {
                    row.next();
                    if (row.getInt(1) == expected) {
                        return;
                    }
                }
            }
        }
        throw new AssertionError("There are not " + expected + " statements");
    }
}
