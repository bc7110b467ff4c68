package dev.boundary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.cli.Cli.Outcome;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows are looked for where they are. The registry is with those of region eu, where acme is; globex is in us. */
class RegionsTest {

    private static final String COUNT = "select count(*) from booking";

    private static Shop eu;
    private static Shop us;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() throws SQLException {
        eu = Shop.open();
        us = Shop.open();
        eu.execute(
                "delete from booking where tenant_id = 2",
                "insert into boundary.tenant (tenant_key, slug, name, state, attributes) values"
                        + " (4, 'alone', 'Alone', 'SUSPENDED', '{\"placement\": \"schema:alone\"}'),"
                        + " (5, 'odd', 'Odd', 'SUSPENDED', '{\"placement\": \"mars\"}')");
        us.execute("delete from booking where tenant_id = 1", "delete from boundary.tenant");
    }

    @AfterAll
    static void close() throws SQLException {
        eu.close();
        us.close();
    }

    @Test
    void eachTenantsRowsAreReadInItsRegion() {
        assertThat(regional("run-all", "-c", COUNT, "--parallel", "2").out().lines())
                .containsExactlyInAnyOrder("acme | 2", "globex | 3");
        assertThat(regional("sql", "globex", "--format", "csv", "-c", COUNT).out())
                .isEqualTo("count\n3\n");
        assertThat(regional("export", "globex", folder.resolve("globex").toString())
                        .out())
                .contains("Exported 3 rows");
        assertThat(regional("suspend", "globex", "--reason", "x").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli().run("suspend", "globex", "--reason", "x").code()).isZero();
        assertThat(regional("deprovision", "globex", "--without-export", "--reason", "x", "--dry-run")
                        .out())
                .contains("This erases 3 rows");
        assertThat(cli().run("resume", "globex", "--reason", "x").code()).isZero();
    }

    /** Where they are not, there is nothing to export, and a tenant would be taken for erased. */
    @Test
    void aRegionWithoutADatabaseIsRefused() {
        for (String[] command : new String[][] {
            {"run-all", "-c", COUNT},
            {"sql", "globex", "-c", COUNT},
            {"export", "globex", folder.resolve("x").toString()},
            {"clone", "acme", "globex"},
            {"deprovision", "globex", "--without-export", "--reason", "x", "--yes"}
        }) {
            Outcome outcome = cli().run(command);
            assertThat(outcome.code()).as(String.join(" ", command)).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains("is in region", "--region-url", "--one-database");
            assertThat(outcome.out()).isEmpty();
        }
        Outcome half = cli().run(
                        "run-all",
                        "-c",
                        COUNT,
                        "--region-url",
                        "eu=" + eu.database().jdbcUrl());
        assertThat(half.code()).isEqualTo(ExitCode.USAGE);
        assertThat(half.err()).contains("Tenant globex is in region \"us\"");
        assertThat(regional("run-all", "--state", "all", "--exclude", "alone,odd", "-c", COUNT)
                        .err())
                .contains("Tenant hooli has no region");
    }

    @Test
    void tenantsWithTheirOwnSchemaAreRefused() {
        Outcome outcome = regional("sql", "alone", "-c", COUNT);
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        assertThat(outcome.err()).contains("The rows of tenant alone are in schema \"alone\"");
        assertThat(regional("sql", "odd", "-c", COUNT).err()).contains("is not understood");
        assertThat(cli().run("run-all", "--only", "alone", "--state", "all", "--", "env")
                        .out())
                .contains("alone | BOUNDARY_TENANT_PLACEMENT=schema:alone");
    }

    @Test
    void theRoleIsCheckedInEveryRegion() {
        Outcome outcome = regional("run-all", "-c", COUNT, "--app-user", "boundary_admin");
        assertThat(outcome.code()).isEqualTo(ExitCode.DATABASE);
        Outcome unreachable = cli().run(
                        "run-all",
                        "-c",
                        COUNT,
                        "--region-url",
                        "eu=" + eu.database().jdbcUrl(),
                        "--region-url",
                        "us=jdbc:postgresql://localhost:1/shop");
        assertThat(unreachable.code()).isEqualTo(ExitCode.DATABASE);
        assertThat(unreachable.out()).isEmpty();
        assertThat(cli().run("sql", "acme", "-c", COUNT, "--region-url", "eu=postgresql://me:secret@h/d")
                        .all())
                .contains("--region-url holds a password")
                .doesNotContain("secret");
    }

    private static Cli cli() {
        return eu.cli().without("BOUNDARY_ONE_DATABASE");
    }

    private static Outcome regional(String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 4);
        all[arguments.length] = "--region-url";
        all[arguments.length + 1] = "eu=" + eu.database().jdbcUrl();
        all[arguments.length + 2] = "--region-url";
        all[arguments.length + 3] = "us=" + us.database().jdbcUrl();
        return cli().run(all);
    }
}
