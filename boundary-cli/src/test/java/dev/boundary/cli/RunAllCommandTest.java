package dev.boundary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work for every tenant: which are selected, what they see, and how the end is reported. */
class RunAllCommandTest {

    private static final String COUNT = "select count(*) from booking";

    private static Shop shop;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() throws SQLException {
        shop = Shop.open();
    }

    @AfterAll
    static void close() throws SQLException {
        shop.close();
    }

    @Test
    void eachTenantSeesItsOwnRows() {
        Outcome outcome = run("-c", COUNT);
        assertThat(outcome.code()).isEqualTo(ExitCode.OK);
        assertThat(outcome.out()).isEqualTo("acme | 2\nglobex | 3\n");
        assertThat(outcome.err()).contains("2 succeeded, 0 failed, 0 not started", "acme: done in");
    }

    @Test
    void tenantsAreSelected() {
        assertThat(chosen()).isEqualTo("acme\nglobex\n");
        assertThat(chosen("--state", "all")).isEqualTo("acme\nglobex\nhooli\n");
        assertThat(chosen("--state", "suspended,deleted")).isEqualTo("hooli\n");
        assertThat(chosen("--region", "us")).isEqualTo("globex\n");
        assertThat(chosen("--exclude", "acme")).isEqualTo("globex\n");
        assertThat(chosen("--only", "acme,globex", "--exclude", "globex")).isEqualTo("acme\n");
        assertThat(run("--region", "mars", "-c", COUNT).err()).contains("no tenant is in it. The registry has eu, us.");
        assertThat(run("--exclude", "acne", "-c", COUNT).err()).contains("--exclude names [acne]");
        assertThat(run("--exclude", "acne", "-c", COUNT).code()).isEqualTo(ExitCode.USAGE);
        assertThat(run("--state", "asleep", "-c", COUNT).err()).contains("not \"asleep\"");
    }

    @Test
    void aFailureStopsNoOtherTenantAndIsReported() throws SQLException {
        String failing =
                "insert into booking values (boundary.current_tenant_id(), 77, 'x'); select 1 / (2 - count(*) + 1)"
                        + " from booking";
        Outcome outcome = run("-c", failing, "--json");
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        assertThat(outcome.out())
                .contains(
                        "{\"event\":\"failed\",\"slug\":\"acme\"",
                        "division by zero",
                        "{\"event\":\"succeeded\",\"slug\":\"globex\"")
                .contains("\"event\":\"summary\",\"succeeded\":1,\"failed\":1,\"notStarted\":0");
        Outcome stopped = run("-c", failing, "--stop-on-failure");
        assertThat(stopped.code()).isEqualTo(ExitCode.FOUND);
        assertThat(stopped.err())
                .contains("acme: failed: -c:1: ERROR: division by zero")
                .contains("0 succeeded, 1 failed, 1 not started")
                .contains("Failed: acme");
        // What failed left nothing, for each tenant has its script in one transaction.
        assertThat(run("-c", COUNT).out()).isEqualTo("acme | 2\nglobex | 4\n");
        shop.execute("delete from booking where id = 77");
    }

    @Test
    void noScriptLeavesItsTenant() throws SQLException {
        Outcome outcome = run("--parallel", "2", "-c", "set app.current_tenant_id = '2'", "-c", "delete from booking");
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        assertThat(outcome.err()).contains("acme: failed: -c:1: The statement set app.current_tenant_id to \"2\"");
        shop.execute("insert into booking values (2, 1, 'c'), (2, 2, 'd'), (2, 3, 'e')");
        assertThat(run("-c", COUNT).out()).isEqualTo("acme | 2\nglobex | 3\n");
    }

    @Test
    void rolesThatSeeMoreAreRefusedBeforeAnythingRuns() {
        Outcome outcome = run("--app-user", "boundary_admin", "-c", COUNT);
        assertThat(outcome.code()).isEqualTo(ExitCode.DATABASE);
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void aProgramFindsItsTenantInTheEnvironment() throws IOException {
        Path program = program("""
                echo "$BOUNDARY_TENANT_KEY $BOUNDARY_TENANT_SLUG ${BOUNDARY_TENANT_REGION-none} $BOUNDARY_TENANT_STATE $1"
                echo "$BOUNDARY_TENANT_NAME" >&2
                cat
                test "$BOUNDARY_TENANT_SLUG" != globex || exit 7
                """);
        Outcome outcome = run("--state", "all", "--parallel", "3", "--", program.toString(), "--flag");
        assertThat(outcome.out().lines())
                .containsExactlyInAnyOrder(
                        "acme | 1 acme eu active --flag",
                        "globex | 2 globex us active --flag",
                        "hooli | 3 hooli none suspended --flag");
        assertThat(outcome.err())
                .contains("globex: failed: exit code 7", "globex | Globex \\x1b[31m=1+1", "2 succeeded, 1 failed")
                .doesNotContain("\u001b");
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        Outcome json = run("--only", "globex", "--json", "--", program.toString());
        assertThat(json.out())
                .contains(
                        "{\"event\":\"output\",\"slug\":\"globex\",\"stream\":\"stdout\",\"line\":\"2 globex us active \"}")
                .contains(
                        "\"event\":\"failed\",\"slug\":\"globex\",\"key\":2,\"region\":\"us\"",
                        "\"error\":\"exit code 7\"")
                .contains("Globex \\u001b[31m");
    }

    @Test
    void processesThatAProgramLeavesBehindAreEnded() throws IOException {
        Path program = program("sleep 1000 & echo $!\n");
        Outcome outcome = run("--only", "acme", "--", program.toString());
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCode.OK);
        long left = Long.parseLong(outcome.out().strip().replace("acme | ", ""));
        ProcessHandle.of(left).ifPresent(process -> process.onExit().join());
    }

    @Test
    void aProgramThatTakesTooLongIsEnded() throws IOException {
        Path program = program("sleep 1000\n");
        Outcome outcome = run("--only", "acme", "--timeout", "1", "--", program.toString());
        assertThat(outcome.err()).contains("acme: failed: took longer than 1 s and was ended");
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
    }

    @Test
    void invalidArgumentsAreRefusedBeforeAnythingRuns() {
        assertThat(run("--", "no-such-program").err()).contains("There is no program \"no-such-program\" in PATH");
        assertThat(run("--", "/no/such/program").code()).isEqualTo(ExitCode.USAGE);
        assertThat(run("-c", COUNT, "--", "echo").err()).contains("Say what to run");
        assertThat(run().code()).isEqualTo(ExitCode.USAGE);
        assertThat(run("-c", "begin; delete from booking; commit").err()).contains("-c:1: BEGIN has no place");
        assertThat(run("-c", "begin; select 5; commit", "--each-statement").out())
                .isEqualTo("acme | 5\nglobex | 5\n");
        assertThat(run("-c", COUNT, "--parallel", "0").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aTerminalShowsTheProgress() {
        Outcome outcome = shop.cli().typing().run("run-all", "-c", COUNT);
        assertThat(outcome.err()).contains("\r\u001b[K[##############################] 2 of 2 (100 %)");
        assertThat(run("-c", COUNT).err()).doesNotContain("\u001b");
    }

    private static String chosen(String... options) {
        String[] arguments = Arrays.copyOf(options, options.length + 3);
        arguments[options.length] = "--dry-run";
        arguments[options.length + 1] = "-c";
        arguments[options.length + 2] = "delete from booking";
        Outcome outcome = run(arguments);
        assertThat(outcome.err()).contains("nothing was run");
        return outcome.out();
    }

    private Path program(String body) throws IOException {
        Path file = folder.resolve("program.sh");
        Files.writeString(file, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private static Outcome run(String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "run-all";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return shop.cli().run(arguments);
    }
}
