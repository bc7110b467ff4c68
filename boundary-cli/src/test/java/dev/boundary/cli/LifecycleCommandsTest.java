package dev.boundary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.cli.Cli.Outcome;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lifecycle of a tenant: what is confirmed, what is refused, and what is recorded. */
class LifecycleCommandsTest {

    private static final String STATES =
            "select string_agg(slug || ' ' || state, ', ' order by slug) from boundary.tenant";
    private static final String NOTES = "select string_agg(note, ' ' order by tenant_id, id) from booking";

    private Shop shop;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws SQLException {
        shop = Shop.open();
    }

    @AfterEach
    void close() throws SQLException {
        shop.close();
    }

    @Test
    void aTenantIsProvisionedOnce() throws SQLException {
        String[] initech = {
            "provision",
            "initech",
            "--name",
            "Initech",
            "--key",
            "42",
            "--region",
            "eu",
            "--attribute",
            "plan=gold",
            "--domain",
            "book.initech.example",
            "--reason",
            "new customer",
            "--actor",
            "ada"
        };
        Outcome dryRun = run(with(initech, "--dry-run"));
        assertThat(dryRun.out()).isEqualTo("Tenant initech (42) would be created.\n");
        assertThat(shop.value(STATES)).doesNotContain("initech");
        Outcome created = run(with(initech, "--json"));
        assertThat(created.out())
                .isEqualTo(
                        "{\"slug\":\"initech\",\"key\":42,\"name\":\"Initech\",\"region\":\"eu\",\"state\":\"active\","
                                + "\"dryRun\":false}\n");
        assertThat(run(initech).out()).isEqualTo("Tenant initech (42) exists already; nothing was done.\n");
        assertThat(shop.value(
                        "select attributes ->> 'plan' || ' ' || domain from boundary.tenant join boundary.tenant_domain"
                                + " using (tenant_key)"))
                .isEqualTo("gold book.initech.example");
        assertThat(shop.value(
                        "select string_agg(what || ' ' || actor || ' ' || reason || ' ' || login_role, ', ' order by id)"
                                + " from boundary.tenant_change where tenant_key = 42"))
                .isEqualTo("CREATED ada new customer boundary_admin, DOMAIN_ADDED ada new customer boundary_admin");

        Outcome slugTaken = run("provision", "acme", "--name", "Other", "--key", "43", "--reason", "x");
        assertThat(slugTaken.code()).isEqualTo(ExitCode.FOUND);
        Outcome domainTaken = run(
                "provision",
                "umbrella",
                "--name",
                "U",
                "--key",
                "44",
                "--domain",
                "book.initech.example",
                "--reason",
                "x");
        assertThat(domainTaken.code()).isEqualTo(ExitCode.FOUND);
        assertThat(domainTaken.err()).contains("book.initech.example");
        assertThat(shop.value(STATES)).doesNotContain("umbrella");
    }

    @Test
    void provisionRefusesInvalidArguments() {
        assertThat(run("provision", "No_Slug", "--name", "x", "--key", "9", "--reason", "x")
                        .code())
                .isEqualTo(ExitCode.USAGE);
        Outcome noKey = run("provision", "nine", "--name", "x", "--reason", "x");
        assertThat(noKey.code()).isEqualTo(ExitCode.USAGE);
        assertThat(noKey.err()).contains("Tenant keys are of type bigint here. Choose one: --key.");
        assertThat(run("provision", "nine", "--name", "x", "--key", "nine", "--reason", "x")
                        .err())
                .contains("not a tenant key of type bigint");
        Outcome noReason = run("provision", "nine", "--name", "x", "--key", "9");
        assertThat(noReason.code()).isEqualTo(ExitCode.USAGE);
        assertThat(noReason.err()).contains("--reason").contains("\"boundary provision --help\"");
        Outcome application =
                run("provision", "nine", "--name", "x", "--key", "9", "--reason", "x", "--user", "boundary_app");
        assertThat(application.code()).isEqualTo(ExitCode.DATABASE);
        assertThat(application.err()).contains("permission denied", "--user for the admin role");
    }

    @Test
    void aTenantIsSuspendedDeletedRestoredAndResumed() throws SQLException {
        assertThat(run("suspend", "acme", "--reason", "unpaid", "--dry-run").out())
                .isEqualTo("Tenant acme would be suspended.\n");
        assertThat(shop.value(STATES)).isEqualTo("acme ACTIVE, globex ACTIVE, hooli SUSPENDED");
        assertThat(run("suspend", "acme", "--reason", "unpaid").out()).isEqualTo("Tenant acme is now suspended.\n");
        Outcome again = run("suspend", "acme", "--reason", "unpaid");
        assertThat(again.code()).isEqualTo(ExitCode.FOUND);
        assertThat(again.err()).contains("acme", "SUSPENDED");
        assertThat(run("delete", "acme", "--reason", "gone", "--yes").code()).isZero();
        assertThat(run("restore", "acme", "--reason", "back", "--json").out()).contains("\"state\":\"suspended\"");
        assertThat(run("resume", "acme", "--reason", "paid").code()).isZero();
        assertThat(run("resume", "nobody", "--reason", "paid").err()).contains("There is no tenant \"nobody\"");
        assertThat(shop.value(STATES)).isEqualTo("acme ACTIVE, globex ACTIVE, hooli SUSPENDED");
        assertThat(shop.value(NOTES)).isEqualTo("a b c d e");
        assertThat(
                        shop.value(
                                "select string_agg(reason, ' ' order by id) from boundary.tenant_change where reason is not null"))
                .isEqualTo("unpaid gone back paid");
    }

    @Test
    void deleteAsksForConfirmation() throws SQLException {
        Outcome unattended = run("delete", "acme", "--reason", "x");
        assertThat(unattended.code()).isEqualTo(ExitCode.USAGE);
        assertThat(unattended.err())
                .contains("There is no terminal to confirm it on: add --yes", "Nothing was changed");
        for (String[] typed : new String[][] {{}, {""}, {"globex"}, {"yes"}, {"ACME"}}) {
            Outcome wrong = shop.cli().typing(typed).run("delete", "acme", "--reason", "x");
            assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
            assertThat(wrong.err()).contains("Type acme to continue: ", "Not confirmed. Nothing was changed.");
        }
        assertThat(shop.value(STATES)).contains("acme ACTIVE");
        assertThat(shop.cli()
                        .typing("acme")
                        .run("delete", "acme", "--reason", "x")
                        .out())
                .isEqualTo("Tenant acme is now deleted.\n");
        Outcome hostile = shop.cli().typing("no").run("delete", "globex", "--reason", "x");
        assertThat(hostile.err()).contains("Globex \\x1b[31m=1+1").doesNotContain("\u001b[31m");
    }

    @Test
    void deprovisionErasesThisTenantOnly() throws SQLException {
        String archives = folder.toString();
        String[] deprovision = {"deprovision", "acme", "--archives", archives, "--reason", "ended"};
        Outcome active = run(with(deprovision, "--yes"));
        assertThat(active.code()).isEqualTo(ExitCode.FOUND);
        assertThat(active.err()).contains("ACTIVE");
        assertThat(run("suspend", "acme", "--reason", "ended").code()).isZero();

        Outcome dryRun = run(with(deprovision, "--dry-run", "--json"));
        assertThat(dryRun.code()).as(dryRun.err()).isZero();
        assertThat(dryRun.out()).contains("\"dryRun\":true", "\"rows\":2", "\"public.booking\":2");
        assertThat(run(deprovision).code()).isEqualTo(ExitCode.USAGE);
        assertThat(shop.cli().typing("globex").run(deprovision).err())
                .contains("This erases 2 rows of 1 table of tenant acme");
        assertThat(shop.value(NOTES)).isEqualTo("a b c d e");
        assertThat(folder).isEmptyDirectory();

        Outcome done = shop.cli().typing("acme").run(deprovision);
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out())
                .contains("Erased 2 rows of 1 table of tenant acme; none is left. They are in " + archives);
        assertThat(shop.value(NOTES)).isEqualTo("c d e");
        assertThat(shop.value(STATES)).isEqualTo("acme DELETED, globex ACTIVE, hooli SUSPENDED");
        assertThat(run(with(deprovision, "--yes")).out()).contains("has been deprovisioned before");
        assertThat(run("restore", "acme", "--reason", "x").code()).isEqualTo(ExitCode.FOUND);
    }

    @Test
    void deprovisionRequiresAnArchiveOrConsentToLoseTheRows() throws SQLException {
        assertThat(run("deprovision", "hooli", "--reason", "x", "--yes").err())
                .contains("--archives")
                .contains("--without-export");
        assertThat(run("deprovision", "hooli", "--reason", "x", "--yes", "--without-export", "--archives", "x")
                        .code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("deprovision", "hooli", "--reason", "x", "--yes", "--without-export", "--batch-size", "0")
                        .code())
                .isEqualTo(ExitCode.USAGE);
        Outcome wrongRole = run(
                "deprovision", "hooli", "--reason", "x", "--yes", "--without-export", "--app-user", "boundary_admin");
        assertThat(wrongRole.code()).isNotZero();
        shop.execute("insert into booking values (3, 1, 'h')");
        Outcome done = run("deprovision", "hooli", "--reason", "x", "--yes", "--without-export", "--json");
        assertThat(done.out()).contains("\"slug\":\"hooli\"", "\"archive\":null", "\"rows\":1");
        assertThat(shop.value(NOTES)).isEqualTo("a b c d e");
    }

    private Outcome run(String... arguments) {
        return shop.cli().run(arguments);
    }

    private static String[] with(String[] arguments, String... more) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return all;
    }
}
