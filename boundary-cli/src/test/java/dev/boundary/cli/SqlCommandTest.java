package dev.boundary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.cli.Cli.Outcome;
import dev.boundary.rls.internal.catalog.RoleBypass;
import dev.boundary.testing.postgresql.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL inside one tenant, and what a script may try in order to leave it. */
class SqlCommandTest {

    private static final String COUNT = "select count(*) as n from booking";

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

    @BeforeEach
    void restore() throws SQLException {
        shop.execute(
                "truncate booking cascade",
                "insert into booking values (1, 1, 'a'), (1, 2, 'b'), (2, 1, 'c'), (2, 2, 'd'), (2, 3, 'e')");
    }

    @Test
    void theApplicationRoleCannotBypassPolicies() throws SQLException {
        try (Connection connection = shop.database().application().getConnection()) {
            assertThat(RoleBypass.find(connection)).isEmpty();
        }
    }

    @Test
    void aScriptSeesItsTenantOnly() {
        assertThat(csv("acme", COUNT).out()).isEqualTo("n\n2\n");
        assertThat(csv("globex", COUNT).out()).isEqualTo("n\n3\n");
        assertThat(shop.cli()
                        .run("sql", "--key", "2", "--format", "json", "-c", COUNT)
                        .out())
                .isEqualTo("{\"n\":3}\n");
        assertThat(shop.cli().reading(COUNT).run("sql", "acme").out()).isEqualTo("n\n-\n2\n");
    }

    /** Each of these, in a statement before, would leave an unguarded session in another tenant, or in none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "reset all",
                "discard all",
                "reset app.current_tenant_id",
                "commit",
                "rollback",
                "begin; commit",
                "begin; savepoint s; insert into booking values (1, 9, 'x'); rollback to savepoint s; commit and chain; rollback",
                "begin; select 1; rollback and chain; commit",
                "set session authorization default",
                "select set_config('app.current_tenant_id', '', false)",
                "deallocate all",
            })
    void theNextStatementIsInTheTenantAgain(String before) {
        Outcome outcome = csv("acme", before + ";" + COUNT);
        assertThat(outcome.out()).as(outcome.err()).endsWith("n\n2\n");
        assertThat(outcome.code()).isEqualTo(ExitCode.OK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set app.current_tenant_id = '2'",
                "set local app.current_tenant_id = '2'",
                "select set_config('app.current_tenant_id', '2', false)",
                "do $$ begin perform set_config('app.current_tenant_id', '2', false); end $$",
                "begin; set app.current_tenant_id = '2'; commit",
                "begin; select set_config('app.current_tenant_id', '2', true); commit",
                "with other as (select set_config('app.current_tenant_id', '2', false)) select * from other",
            })
    void leavingTheTenantEndsTheScriptAndUndoesTheStatement(String escape) throws SQLException {
        Outcome outcome = csv("acme", escape + "; update booking set note = 'mine'; " + COUNT);
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        assertThat(outcome.err()).contains("set app.current_tenant_id to \"2\"").contains("rolled back");
        assertThat(notes()).isEqualTo("a b c d e");
    }

    @Test
    void aPromptContinuesInTheTenant() {
        Outcome outcome = shop.cli()
                .typing(
                        "set app.current_tenant_id = '2';",
                        COUNT,
                        "  ; begin;",
                        "select set_config('app.current_tenant_id', '2', true);",
                        COUNT + ";",
                        "no such statement;",
                        "begin; no such statement;",
                        COUNT + ";",
                        "rollback;",
                        "insert into booking values (2, 99, 'foreign');",
                        "insert into booking values (1, 99, ';');",
                        "begin; delete from booking;",
                        "\\nonsense",
                        "\\?",
                        "select 'what is typed",
                        "\\r",
                        "\\q")
                .run("sql", "acme", "--format", "csv");
        assertThat(outcome.code()).isEqualTo(ExitCode.OK);
        assertThat(outcome.out()).isEqualTo("n\n2\nset_config\n2\nn\n2\n");
        assertThat(outcome.err())
                .contains("acme=> ", "acme=- ", "acme=*> ", "acme=!> ")
                .contains("The statement set app.current_tenant_id to \"2\"")
                .contains("syntax error", "current transaction is aborted", "row-level security policy")
                .contains(
                        "INSERT: 1 row",
                        "DELETE: 3 rows",
                        "There is no command \\nonsense",
                        "\\q or end of input leaves")
                .contains("The open transaction was rolled back.");
    }

    @Test
    void rolesThatSeeMoreAreRefused() throws SQLException {
        Outcome admin = shop.cli().run("sql", "acme", "--app-user", "boundary_admin", "-c", COUNT);
        assertThat(admin.code()).isEqualTo(ExitCode.DATABASE);
        assertThat(admin.err())
                .contains("lets role boundary_admin see every tenant's rows")
                .contains("--app-user");
        assertThat(admin.out()).isEmpty();
        Outcome owner = shop.cli().run("sql", "acme", "--app-user", "boundary_owner", "-c", COUNT);
        assertThat(owner.code()).isEqualTo(ExitCode.DATABASE);
        assertThat(owner.err()).contains("owns tables");
        shop.execute("create role cli_super superuser login password '"
                + shop.database().password() + "'");
        try {
            Outcome superuser = shop.cli().run("sql", "acme", "--app-user", "cli_super", "-c", COUNT);
            assertThat(superuser.err()).contains("SUPERUSER");
            assertThat(superuser.code()).isEqualTo(ExitCode.DATABASE);
        } finally {
            shop.execute("drop role cli_super");
        }
    }

    @Test
    void aRoleInTheUrlIsNotTheApplicationRole() {
        Outcome outcome = shop.cli()
                .with("BOUNDARY_URL", shop.database().jdbcUrl() + "?user=boundary_admin")
                .run("sql", "acme", "--format", "csv", "-c", "select current_user as me");
        assertThat(outcome.out()).isEqualTo("me\nboundary_app\n");
    }

    @Test
    void aTableWithoutRowLevelSecurityIsRefused() throws SQLException {
        TestDatabase.execute(shop.database().owner(), "alter table line disable row level security");
        try {
            Outcome outcome = csv("acme", COUNT);
            assertThat(outcome.code()).isEqualTo(ExitCode.DATABASE);
            assertThat(outcome.err()).contains("Row-level security is off on public.line");
        } finally {
            TestDatabase.execute(shop.database().owner(), "alter table line enable row level security");
        }
    }

    @Test
    void theFirstErrorEndsAScriptAndSaysWhere() throws IOException, SQLException {
        Path script = folder.resolve("fix.sql");
        Files.writeString(script, """
                -- a comment; with a semicolon
                update booking set note = 'x;y' where id = 1;

                update booking set note = $q$;$q$ where id = 2; /* nothing; here */
                select nonsense;
                delete from booking;
                """);
        Outcome outcome = shop.cli().run("sql", "acme", "-f", script.toString());
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        assertThat(outcome.err())
                .contains("fix.sql:5: ")
                .contains("column \"nonsense\" does not exist")
                .contains("42703");
        assertThat(notes()).isEqualTo("x;y ; c d e");
        restore();
        assertThat(shop.cli().run("sql", "acme", "-1", "-f", script.toString()).code())
                .isEqualTo(ExitCode.FOUND);
        assertThat(notes()).isEqualTo("a b c d e");
    }

    @Test
    void whatIsLeftOpenIsRolledBack() throws SQLException {
        Outcome outcome = csv("acme", "begin; delete from booking");
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        assertThat(outcome.err()).contains("ended inside a transaction");
        assertThat(notes()).isEqualTo("a b c d e");
        assertThat(shop.cli()
                        .run("sql", "acme", "-1", "-c", "delete from booking; commit")
                        .err())
                .contains("-c:1: COMMIT has no place");
    }

    @Test
    void readOnlyRefusesWrites() throws SQLException {
        Outcome outcome = shop.cli()
                .run("sql", "acme", "--read-only", "-c", "begin", "-c", "delete from booking", "-c", "commit");
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        assertThat(outcome.err()).contains("read-only transaction");
        assertThat(notes()).isEqualTo("a b c d e");
    }

    @Test
    void valuesAreDataAndNotCommands() {
        String hostile =
                "select E'\\x1b]0;owned\\x07' as t, '=cmd()' as f, E'a\\nb' as l, U&'\\202Egpj' as r, null as nothing,"
                        + " -1 as minus, true as yes, 'NaN'::numeric as nan";
        Outcome table = shop.cli().run("sql", "acme", "-c", hostile);
        assertThat(table.out())
                .doesNotContain("\u001b", "\u0007", "\u202e")
                .contains("\\x1b]0;owned\\x07", "a\\nb", "\\u202egpj");
        assertThat(csv("acme", hostile).out())
                .isEqualTo(
                        "t,f,l,r,nothing,minus,yes,nan\n\"\\x1b]0;owned\\x07\",'=cmd(),\"a\nb\",\\u202egpj,,-1,true,NaN\n");
        assertThat(shop.cli()
                        .run("sql", "acme", "--format", "json", "-c", hostile)
                        .out())
                .isEqualTo(
                        "{\"t\":\"\\u001b]0;owned\\u0007\",\"f\":\"=cmd()\",\"l\":\"a\\nb\",\"r\":\"\\u202egpj\",\"nothing\":null,"
                                + "\"minus\":-1,\"yes\":true,\"nan\":\"NaN\"}\n");
        Outcome error = csv("acme", "do $$ begin raise exception E'\\x1b[2Jgone'; end $$");
        assertThat(error.err()).contains("\\x1b[2Jgone").doesNotContain("\u001b");
        Outcome notice = csv("acme", "do $$ begin raise notice E'look\\x1b[2J'; end $$");
        assertThat(notice.err()).contains("look\\x1b[2J").doesNotContain("\u001b");
    }

    @Test
    void theTenantMustBeKnown() {
        assertThat(csv("nobody", COUNT).code()).isEqualTo(ExitCode.FOUND);
        assertThat(csv("nobody", COUNT).err()).contains("There is no tenant \"nobody\"");
        assertThat(csv("No Slug\u001b", COUNT).code()).isEqualTo(ExitCode.USAGE);
        assertThat(csv("No Slug\u001b", COUNT).err()).doesNotContain("\u001b");
        assertThat(shop.cli().run("sql", "-c", COUNT).err()).contains("Name one tenant");
        assertThat(shop.cli().run("sql", "acme", "--key", "1", "-c", COUNT).err())
                .contains("Name one tenant");
        assertThat(shop.cli().run("sql", "--key", "one", "-c", COUNT).err())
                .contains("not a tenant key of type bigint");
        assertThat(csv("hooli", COUNT).err()).contains("Tenant hooli is SUSPENDED");
        assertThat(shop.cli().reading(" -- nothing\n").run("sql", "acme").code())
                .isEqualTo(ExitCode.OK);
        assertThat(shop.cli().run("sql", "acme", "-f", "/no/such/file").err())
                .contains("there is no file /no/such/file");
    }

    @Test
    void statementsThatTwoParsersReadDifferentlyAreNotSent() throws SQLException {
        Outcome outcome = csv(
                "acme",
                "set standard_conforming_strings = off; begin; set standard_conforming_strings = off;"
                        + " select 'a\\'' ; delete from booking; --'");
        assertThat(outcome.err()).contains("The end of this statement cannot be determined");
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        assertThat(notes()).isEqualTo("a b c d e");
    }

    private static Outcome csv(String tenant, String sql) {
        return shop.cli().run("sql", tenant, "--format", "csv", "-c", sql);
    }

    private static String notes() throws SQLException {
        return shop.value("select string_agg(note, ' ' order by tenant_id, id) from booking");
    }
}
