package dev.boundary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;
import picocli.CommandLine;

/** The commands: what they print, how they end, and where they take the password from. */
class BoundaryCliTest {

    private static final String PASSWORD_FILE = "org.postgresql.pgpassfile";

    private static final String[] TABLE = {
        "create table booking (tenant_id uuid not null, id uuid, primary key (tenant_id, id))",
        "grant select, truncate on booking to boundary_app",
    };

    @TempDir
    private static Path folder;

    private static TestDatabase database;

    /** How a command ended. */
    private record Outcome(int code, String out, String err) {}

    @BeforeAll
    static void create() throws SQLException, IOException {
        database = PostgresServer.shared().createDatabase();
        TestDatabase.execute(database.owner(), TABLE);
        Path passwords = folder.resolve("pgpass");
        Files.writeString(passwords, "*:*:*:*:" + database.password() + "\n");
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        System.setProperty(PASSWORD_FILE, passwords.toString());
    }

    @AfterAll
    static void drop() throws SQLException {
        System.clearProperty(PASSWORD_FILE);
        database.close();
    }

    @Test
    void theDoctorFindsAndFails() {
        Outcome outcome = run("doctor", "--url", database.jdbcUrl(), "--user", "boundary_app");
        assertThat(outcome.out()).contains("BND-013", "BND-037", "role boundary_app", "revoke TRUNCATE on");
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        assertThat(outcome.out()).doesNotContain(database.password());
    }

    @Test
    void anotherRoleCanBeExamined() {
        assertThat(doctor("--app-role", "boundary_admin", "--fail-on", "critical")
                        .out())
                .contains("role boundary_admin", "BND-013")
                .doesNotContain("BND-037");
    }

    @Test
    void aBaselineAccepts() throws IOException {
        Path baseline = folder.resolve("baseline.txt");
        assertThat(doctor("--write-baseline", baseline.toString(), "--reason", "first look")
                        .code())
                .isEqualTo(ExitCode.OK);
        assertThat(Files.readString(baseline)).contains("BND-037 table public.booking # first look\n");
        Outcome accepted = doctor("--baseline", baseline.toString(), "--fail-on", "info");
        assertThat(accepted.code()).isEqualTo(ExitCode.OK);
        assertThat(accepted.out()).contains("accepted  BND-037 table public.booking (first look)");
        Files.writeString(baseline, "BND-037 table public.booking\n");
        Outcome refused = doctor("--baseline", baseline.toString());
        assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("no reason: BND-037 table public.booking");
    }

    @Test
    void everyFormatIsWrittenToAFile() throws IOException {
        for (String format : List.of("text", "json", "sarif", "junit")) {
            Path file = folder.resolve(format);
            assertThat(doctor("--format", format, "--output", file.toString()).code())
                    .isEqualTo(ExitCode.FOUND);
            assertThat(file).content().contains("BND-037");
        }
    }

    @Test
    void exemptTablesAreLeftAlone() {
        assertThat(doctor("--exempt", "booking=a queue").code()).isEqualTo(ExitCode.OK);
        assertThat(doctor("--exempt", "booking= ").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void protectPrintsAndRunsNothing() throws SQLException {
        Outcome outcome = run("protect", "--url", database.jdbcUrl(), "--user", "boundary_app");
        assertThat(outcome.code()).isEqualTo(ExitCode.OK);
        assertThat(outcome.out())
                .containsSubsequence(
                        "begin;",
                        "revoke TRUNCATE on table public.booking from boundary_app;",
                        "-- installBoundary boundary",
                        "-- protectTenantTable public.booking",
                        "alter table \"public\".\"booking\" enable row level security",
                        "commit;");
        assertThat(doctor().code()).isEqualTo(ExitCode.FOUND);
        // What it prints fixes all of it, and the application keeps what it had and no more.
        try (TestDatabase fresh = PostgresServer.shared().createDatabase()) {
            TestDatabase.execute(fresh.owner(), TABLE);
            TestDatabase.execute(asPsql(fresh), outcome.out().replaceAll("(?m)^\\\\set .*$", ""));
            Outcome after = run("doctor", "--url", fresh.jdbcUrl(), "--user", "boundary_app", "--fail-on", "info");
            assertThat(after.out()).contains("No findings");
            assertThat(run("protect", "--url", fresh.jdbcUrl(), "--user", "boundary_app")
                            .out())
                    .contains("Fixes 0 findings");
        }
    }

    @Test
    void theScriptInstallsAndItsRollbackUndoesIt() throws SQLException {
        String[] tables = {
            "script",
            "--tenant",
            "public.booking=tenant_id",
            "--tenant",
            "event=tenant_id",
            "--partitioned",
            "event",
            "--view",
            "bookings",
            "--global",
            "currency"
        };
        Outcome script = run(tables);
        assertThat(script.code()).isEqualTo(ExitCode.OK);
        List<String> back = new ArrayList<>(List.of(tables));
        back.add("--rollback");
        Outcome rollback = run(back.toArray(String[]::new));
        try (TestDatabase fresh = PostgresServer.shared().createDatabase()) {
            TestDatabase.execute(
                    fresh.owner(),
                    "create table booking (tenant_id uuid not null, id uuid, primary key (tenant_id, id))",
                    "create table event (tenant_id uuid not null, id int, primary key (tenant_id, id))"
                            + " partition by range (id)",
                    "create table event_1 partition of event for values from (1) to (100)",
                    "create view bookings as select id from booking",
                    "create table currency (code text primary key)");
            String[] doctor = {
                "doctor", "--url", fresh.jdbcUrl(), "--user", "boundary_app", "--fail-on", "info",
            };
            assertThat(run(doctor).code()).isEqualTo(ExitCode.FOUND);
            TestDatabase.execute(asPsql(fresh), script.out());
            assertThat(run(doctor).out()).contains("No findings");
            TestDatabase.execute(asPsql(fresh), rollback.out());
            assertThat(run(doctor).out()).contains("BND-013");
        }
    }

    @Test
    void aPasswordOnTheCommandLineIsRefused() {
        for (String url : List.of(
                database.jdbcUrl() + "?password=secret",
                database.jdbcUrl() + "?ssl=false&PASSWORD=secret",
                "postgresql://app:secret@localhost/shop")) {
            Outcome outcome = run("doctor", "--url", url);
            assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.out() + outcome.err()).doesNotContain("secret");
        }
    }

    @Test
    void whatCannotBeReachedIsNotAFinding() {
        assertThat(run("doctor", "--url", "jdbc:postgresql://localhost:1/shop").code())
                .isEqualTo(ExitCode.DATABASE);
        assertThat(run("doctor", "--url", database.jdbcUrl(), "--user", "nobody_here")
                        .code())
                .isEqualTo(ExitCode.DATABASE);
    }

    @Test
    void theCommandLineIsChecked() {
        assertThat(run("doctor").code()).isEqualTo(ExitCode.USAGE);
        assertThat(run("doctor", "--url", "jdbc:mysql://x/y").err()).contains("jdbc:postgresql://");
        assertThat(doctor("--fail-on", "terrible").code()).isEqualTo(ExitCode.USAGE);
        assertThat(doctor("--app-role", "no such role"))
                .isEqualTo(new Outcome(
                        ExitCode.USAGE, "", doctor("--app-role", "no such role").err()));
        assertThat(doctor("--app-role", "no such role").err()).contains("There is no role \"no such role\"");
        assertThat(run("script", "--tenant-key-type", "numeric").err()).contains("leakproof");
        assertThat(run("script", "--tenant", "a=tenant_id", "--partitioned", "b")
                        .err())
                .contains("--partitioned names [public.b]");
    }

    @Test
    void thePasswordIsTakenFromTheEnvironment() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BoundaryCli.class.getName(),
                "doctor",
                "--url",
                database.jdbcUrl(),
                "--user",
                "boundary_app");
        builder.environment().put("PGPASSWORD", database.password());
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(ExitCode.FOUND);
        assertThat(output).contains("BND-037");
    }

    /** The server, and not the driver, splits the script: the driver does not know BEGIN ATOMIC. */
    private static PGSimpleDataSource asPsql(TestDatabase database) {
        PGSimpleDataSource dataSource = database.owner();
        dataSource.setPreferQueryMode(PreferQueryMode.SIMPLE);
        return dataSource;
    }

    private static Outcome doctor(String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("doctor", "--url", database.jdbcUrl(), "--user", "boundary_app"));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(String[]::new));
    }

    private static Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                BoundaryCli.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = command.execute(arguments);
        return new Outcome(code, out.toString(), err.toString());
    }
}
