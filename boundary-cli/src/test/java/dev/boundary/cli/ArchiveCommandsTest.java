package dev.boundary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Export, import and clone. */
class ArchiveCommandsTest {

    private static final String[] COUNT = {"run-all", "--state", "all", "-c", "select count(*) from booking"};

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
    void whatIsExportedCanBeImportedIntoAnother() throws SQLException, IOException {
        shop.execute(
                "delete from booking where tenant_id > 2",
                "delete from boundary.tenant where tenant_key > 3",
                "insert into boundary.tenant (tenant_key, slug, name, state) values (4, 'copy', 'Copy', 'ACTIVE'),"
                        + " (5, 'gone', 'Gone', 'DELETED'), (6, 'other', 'Other', 'ACTIVE')");
        String archive = folder.resolve("acme").toString();
        Outcome exported = run("export", "acme", archive);
        assertThat(exported.err()).isEmpty();
        assertThat(exported.out())
                .isEqualTo("  public.booking: 2\nExported 2 rows of 1 table of tenant acme to " + archive + ".\n");
        assertThat(run("export", "acme", archive)).satisfies(again -> {
            assertThat(again.code()).isEqualTo(ExitCode.FOUND);
            assertThat(again.err()).contains("not empty");
        });

        Outcome dryRun = run("import", "copy", archive, "--dry-run", "--json");
        assertThat(dryRun.out())
                .startsWith("{\"slug\":\"copy\",\"key\":4,")
                .contains(
                        "\"exportedKey\":\"1\",\"dryRun\":true,\"rows\":2,\"tables\":{\"public.booking\":2,\"public.line\":0}}");
        assertThat(run(COUNT).out()).contains("copy | 0\n");
        assertThat(run("import", "copy", archive).out())
                .contains("Imported 2 rows of 1 table of the archive of tenant acme");
        assertThat(run(COUNT).out()).contains("acme | 2\n", "globex | 3\n", "copy | 2\n");
        assertThat(run("import", "copy", archive).code()).isEqualTo(ExitCode.FOUND);
        assertThat(run("import", "gone", archive).err()).contains("Tenant gone is DELETED");

        assertThat(run("clone", "globex", "other", "--json").out())
                .startsWith("{\"from\":\"globex\",\"to\":\"other\",\"rows\":3,");
        assertThat(run(COUNT).out()).contains("other | 3\n");
        assertThat(run("clone", "acme", "acme").err()).contains("cannot be cloned into itself");

        Files.writeString(Path.of(archive, "stranger"), "x");
        Outcome damaged = run("import", "other", archive, "--beside-existing");
        assertThat(damaged.code()).isEqualTo(ExitCode.FOUND);
        assertThat(damaged.err()).contains("The file \"stranger\" is not in the manifest");
    }

    @Test
    void theAdminRoleCountsUnlessToldNotTo() {
        String archive = folder.resolve("a").toString();
        Outcome noAdmin = shop.cli().with("PGUSER", "nobody_here").run("export", "acme", archive);
        assertThat(noAdmin.code()).isEqualTo(ExitCode.DATABASE);
        assertThat(Path.of(archive, "manifest.json")).doesNotExist();
        assertThat(shop.cli()
                        .with("PGUSER", "nobody_here")
                        .run("export", "acme", archive, "--no-count")
                        .code())
                .isEqualTo(ExitCode.OK);
        Outcome wrongRole = run("export", "acme", folder.resolve("b").toString(), "--app-user", "boundary_admin");
        assertThat(wrongRole.code()).isEqualTo(ExitCode.FOUND);
        assertThat(folder.resolve("b")).doesNotExist();
    }

    private static Outcome run(String... arguments) {
        return shop.cli().run(arguments);
    }
}
