package dev.boundary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.cli.Cli.Outcome;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which table holds whose rows. */
class TablesCommandTest {

    private static Shop shop;

    @BeforeAll
    static void open() throws SQLException {
        shop = Shop.open();
        TestDatabase.execute(
                shop.database().owner(),
                "create table event (id int) partition by range (id)",
                "create table event_1 partition of event for values from (1) to (9)",
                "create table \"evil \u001b[2J\" (id int)");
    }

    @AfterAll
    static void close() throws SQLException {
        shop.close();
    }

    @Test
    void everyTableIsListed() {
        assertThat(run("--format", "csv").out()).isEqualTo("""
                        table,classification,column,parent,rls,reason
                        public.booking,TENANT,tenant_id,,forced,
                        public.currency,UNCLASSIFIED,,,off,
                        public.event,UNCLASSIFIED,,,off,
                        "public.evil \\x1b[2J",UNCLASSIFIED,,,off,
                        public.job_queue,UNCLASSIFIED,,,off,
                        public.line,CHILD,"booking_tenant, booking_id",public.booking,forced,
                        """);
        assertThat(run().out()).doesNotContain("\u001b").contains("table ", "public.line ");
        assertThat(run("--format", "json").out())
                .contains(
                        "{\"table\":\"public.booking\",\"classification\":\"TENANT\",\"column\":\"tenant_id\",\"parent\":null,"
                                + "\"rls\":\"forced\",\"reason\":null}");
    }

    @Test
    void optionsDecideAboutTheRest() {
        assertThat(run("--check").code()).isEqualTo(ExitCode.FOUND);
        String[] decided = {
            "--check",
            "--global",
            "currency",
            "--global",
            "public.event",
            "--exempt",
            "job_queue=no tenant's data",
            "--exempt",
            "evil \u001b[2J=a test",
            "--format",
            "csv",
        };
        assertThat(run(decided).code()).as(run(decided).all()).isEqualTo(ExitCode.OK);
        Outcome known = run("--global", "currency", "--exempt", "job_queue=no tenant's data", "--format", "csv");
        assertThat(known.out())
                .contains("public.currency,GLOBAL,", "public.job_queue,EXEMPT,,,off,\"no tenant's data\"");
        assertThat(run("--global", "nothing").err()).contains("There is no table public.nothing");
        assertThat(run("--global", "booking").err()).contains("protected as TENANT");
        assertThat(run("--exempt", "job_queue= ").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void withoutAnInstallationItSaysWhatToDo() throws SQLException {
        try (TestDatabase bare = PostgresServer.shared().createDatabase()) {
            Outcome outcome = shop.cli().run("tables", "--url", bare.jdbcUrl());
            assertThat(outcome.code()).isEqualTo(ExitCode.DATABASE);
            assertThat(outcome.err())
                    .contains("Boundary is not installed in database")
                    .contains("installBoundary");
            TestDatabase.execute(bare.owner(), "create schema boundary", "create table boundary.installation ()");
            assertThat(shop.cli().run("tables", "--url", bare.jdbcUrl()).err())
                    .contains("Role boundary_admin may not read boundary.installation");
        }
    }

    private static Outcome run(String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "tables";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return shop.cli().run(arguments);
    }
}
