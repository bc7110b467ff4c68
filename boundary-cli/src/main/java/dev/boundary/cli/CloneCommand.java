package dev.boundary.cli;

import dev.boundary.core.registry.Tenant;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.archive.TenantClone;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies a tenant's rows to another tenant. */
@Command(
        name = "clone",
        description =
                "Copies a tenant's rows to another tenant of the same registry, which must have none, with new serial,"
                        + " identity and uuid keys. All rows are copied, or none. Provision the other tenant first.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:copied",
            "1:not copied; nothing has changed",
            "2:the command line or a folder cannot be used",
            "3:the database cannot be reached, or has no registry"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  boundary clone acme acme-copy",
        })
final class CloneCommand extends CliCommand {

    @Parameters(index = "0", paramLabel = "FROM", description = "The slug of the tenant that has the rows.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "The slug of the tenant that receives them.")
    private String to = "";

    @Option(
            names = "--through",
            paramLabel = "FOLDER",
            description = "The folder for intermediate files, which are deleted. Default: the one for temporary files.")
    private @Nullable Path through;

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
        TenantLookup tenants = TenantLookup.as(role);
        Tenant source = tenants.find(from);
        Tenant target = tenants.findLiving(to);
        regions.check(List.of(source, target), cliEnvironment());
        RowCounts rows = clone(role).copy(source.scope(), target.scope());
        String sentence = "Copied " + RowCountReport.rows(rows) + " of tenant " + source.slug() + " to tenant "
                + target.slug() + ".";
        result.with("from", source.slug()).with("to", target.slug()).write(this, sentence, rows);
        return ExitCode.OK;
    }

    private TenantClone clone(RoleDataSource role) {
        TenantClone clone = TenantClone.of(application.rows(role, regions, database, cliEnvironment()))
                .withProgress(result.progress(this));
        return through == null ? clone : clone.withTemporaryFolder(through);
    }
}
