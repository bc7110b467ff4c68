package dev.boundary.cli;

import dev.boundary.core.registry.Tenant;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.archive.Manifest;
import dev.boundary.tenants.archive.TenantArchive;
import dev.boundary.tenants.archive.TenantExport;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Exports a tenant's rows to a folder. */
@Command(
        name = "export",
        description = {
            "Writes a tenant's rows, all as of one moment, to a new folder: a file of JSON lines for each table and a"
                    + " manifest with row counts and SHA-256. Then reads the files back and compares.",
            "",
            "The rows are read as the application role, and counted as the admin role at the same moment: rows that"
                    + " only the admin role sees make the export fail.",
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:exported and verified",
            "1:not exported; nothing is left in the folder",
            "2:the command line or the folder cannot be used",
            "3:the database cannot be reached, or has no registry"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  boundary export acme acme-archive",
            "  boundary export acme acme-archive --json",
        })
final class ExportCommand extends CliCommand {

    @Parameters(index = "0", paramLabel = "TENANT", description = "The tenant's slug.")
    private String slug = "";

    @Parameters(index = "1", paramLabel = "FOLDER", description = "The folder to write; new or empty.")
    private Path folder = Path.of("");

    @Option(names = "--no-count", description = "Skip the admin role and its count.")
    private boolean noCount;

    @Mixin
    private RowCountReport result = new RowCountReport();

    @Mixin
    private RegionOptions regions = new RegionOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Mixin
    private ApplicationOptions application = new ApplicationOptions();

    @Override
    public Integer call() throws SQLException, IOException {
        RoleDataSource role = application.dataSource(database, cliEnvironment());
        Tenant tenant = TenantLookup.as(role).find(slug);
        regions.check(tenant, cliEnvironment());
        Manifest manifest = export(role).export(tenant, folder);
        TenantArchive.open(folder).verify(result.progress(this));
        report(tenant, manifest);
        return ExitCode.OK;
    }

    private TenantExport export(RoleDataSource role) {
        DataSource rows = application.rows(role, regions, database, cliEnvironment());
        TenantExport export = TenantExport.of(rows).withProgress(result.progress(this));
        return noCount ? export : export.withAdmin(adminRows());
    }

    private void report(Tenant tenant, Manifest manifest) {
        RowCounts rows = rows(manifest);
        result.with("slug", tenant.slug())
                .with("key", tenant.key().value())
                .with("folder", folder)
                .with("at", manifest.createdAt());
        String sentence =
                "Exported " + RowCountReport.rows(rows) + " of tenant " + tenant.slug() + " to " + folder + ".";
        result.write(this, sentence, rows);
    }

    private DataSource adminRows() {
        RoleDataSource role = admin.dataSource(database, cliEnvironment());
        return admin.rows(role, regions, database, cliEnvironment());
    }

    private static RowCounts rows(Manifest manifest) {
        return new RowCounts(manifest.tables().stream()
                .collect(Collectors.toMap(Manifest.TableFile::qualifiedName, Manifest.TableFile::rows)));
    }
}
