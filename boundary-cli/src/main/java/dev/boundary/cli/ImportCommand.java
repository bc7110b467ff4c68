package dev.boundary.cli;

import dev.boundary.core.registry.Tenant;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.archive.Manifest;
import dev.boundary.tenants.archive.TenantArchive;
import dev.boundary.tenants.archive.TenantImport;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports a tenant's rows from a folder. */
@Command(
        name = "import",
        description = {
            "Reads the rows of an archive into a tenant of the registry: the one that was exported, or another one. The"
                    + " archive is verified first; then all rows are imported, or none. Provision the tenant first.",
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:imported",
            "1:not imported; nothing has changed",
            "2:the command line or the folder cannot be used",
            "3:the database cannot be reached, or has no registry"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  boundary import acme-copy acme-archive --renew-keys --dry-run",
            "  boundary import acme-copy acme-archive --renew-keys",
        })
final class ImportCommand extends CliCommand {

    @Parameters(index = "0", paramLabel = "TENANT", description = "The slug of the tenant that receives the rows.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "FOLDER", description = "The folder of the archive.")
    private Path folder = Path.of("");

    @Option(
            names = "--renew-keys",
            description =
                    "Give rows new serial, identity and uuid keys, and adjust foreign keys; for a copy in the same"
                            + " database.")
    private boolean renewKeys;

    @Option(names = "--beside-existing", description = "Accept that the tenant already has rows; they stay unchanged.")
    private boolean besideExisting;

    @Option(names = "--dry-run", description = "Import, and roll back.")
    private boolean dryRun;

    @Mixin
    private RowCountReport result = new RowCountReport();

    @Mixin
    private RegionOptions regions = new RegionOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private ApplicationOptions application = new ApplicationOptions();

    @Override
    public Integer call() throws SQLException, IOException {
        RoleDataSource role = application.dataSource(database, cliEnvironment());
        Manifest.Owner owner = TenantArchive.open(folder).manifest().tenant();
        Tenant tenant = TenantLookup.as(role).findLiving(slug);
        regions.check(tenant, cliEnvironment());
        TenantImport task = task(application.rows(role, regions, database, cliEnvironment()));
        RowCounts rows = dryRun ? task.dryRun(tenant.scope(), folder) : task.importInto(tenant.scope(), folder);
        report(tenant, owner, rows);
        return ExitCode.OK;
    }

    private void report(Tenant tenant, Manifest.Owner owner, RowCounts rows) {
        result.with("slug", tenant.slug())
                .with("key", tenant.key().value())
                .with("folder", folder)
                .with("exportedKey", owner.key())
                .with("dryRun", dryRun);
        String sentence = (dryRun ? "Would import " : "Imported ") + RowCountReport.rows(rows)
                + " of the archive of tenant " + owner.slug().orElse(owner.key()) + " into tenant " + tenant.slug()
                + ".";
        result.write(this, sentence, rows);
    }

    private TenantImport task(DataSource rows) {
        TenantImport task = TenantImport.of(rows).withProgress(result.progress(this));
        TenantImport renewing = renewKeys ? task.withNewKeys() : task;
        return besideExisting ? renewing.withExistingRows() : renewing;
    }
}
