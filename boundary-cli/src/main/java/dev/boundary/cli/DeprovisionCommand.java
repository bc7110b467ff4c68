package dev.boundary.cli;

import dev.boundary.core.registry.Tenant;
import dev.boundary.tenants.lifecycle.Deprovisioned;
import dev.boundary.tenants.lifecycle.Deprovisioning;
import dev.boundary.tenants.lifecycle.TenantLifecycle;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Erases a tenant's rows. */
@Command(
        name = "deprovision",
        description = {
            "Exports a tenant's rows and verifies the archive, erases the rows in batches, verifies as the application"
                    + " role and as the admin role that none is left, and marks the tenant as deleted. The tenant must"
                    + " be suspended or deleted first.",
            "",
            "If it is interrupted, run it again: it continues where it stopped. Hooks that a service adds to"
                    + " TenantLifecycle are unknown here and do not run.",
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no row is left",
            "1:refused, or not finished; the message says which, and the tenant stays deleting",
            "2:the command line or a folder cannot be used, or it was not confirmed",
            "3:the database cannot be reached, or has no registry"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  boundary deprovision hooli --archives archives --reason \"contract ended\" --dry-run",
            "  boundary deprovision hooli --archives archives --reason \"contract ended\"",
            "  boundary deprovision hooli --without-export --reason \"erasure requested\" --yes --json",
        })
final class DeprovisionCommand extends CliCommand {

    private static final int DEFAULT_BATCH = 5000;

    @Parameters(index = "0", paramLabel = "TENANT", description = "The tenant's slug.")
    private String slug = "";

    @Option(
            names = "--archives",
            paramLabel = "FOLDER",
            description = "The folder of archives; a new folder is created in it for this one.")
    private @Nullable Path archives;

    @Option(names = "--without-export", description = "Write no archive: the rows are lost.")
    private boolean withoutExport;

    @Option(
            names = "--batch-size",
            paramLabel = "ROWS",
            description = "How many rows are erased in one transaction: 1 to 100000. Default: ${DEFAULT-VALUE}.")
    private int batchSize = DEFAULT_BATCH;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Option(names = "--dry-run", description = "Perform the checks, count the rows, and change nothing.")
    private boolean dryRun;

    @Mixin
    private Confirmation confirmation = new Confirmation();

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
        if ((archives == null) != withoutExport) {
            throw new IllegalArgumentException(
                    "Say where the rows are to be exported to (--archives), or that they are to be lost"
                            + " (--without-export).");
        }
        RoleDataSource adminRole = admin.dataSource(database, cliEnvironment());
        RoleDataSource role = application.dataSource(database, cliEnvironment());
        Tenant tenant = TenantLookup.as(adminRole).find(slug);
        regions.check(tenant, cliEnvironment());
        Deprovisioning deprovisioning = prepare(tenant, lifecycle(adminRole, role));
        result.with("slug", tenant.slug()).with("key", tenant.key().value()).with("dryRun", dryRun);
        Deprovisioning.Plan plan = deprovisioning.plan();
        return dryRun ? report(plan) : run(deprovisioning, plan);
    }

    private TenantLifecycle lifecycle(RoleDataSource adminRole, RoleDataSource role) {
        return TenantLifecycle.builder(adminRole)
                .rows(
                        application.rows(role, regions, database, cliEnvironment()),
                        admin.rows(adminRole, regions, database, cliEnvironment()))
                .build();
    }

    private Deprovisioning prepare(Tenant tenant, TenantLifecycle lifecycle) {
        Deprovisioning prepared =
                lifecycle.deprovision(tenant.key()).withBatchSize(batchSize).withProgress(result.progress(this));
        return archives == null ? prepared.withoutExport() : prepared.withExport(archives);
    }

    private int report(Deprovisioning.Plan plan) {
        result.with("archive", plan.archive().orElse(null)).with("alreadyDone", plan.alreadyDone());
        result.write(this, plan.alreadyDone() ? alreadyDone(plan.tenant()) : describe(plan), plan.rows());
        return ExitCode.OK;
    }

    private int run(Deprovisioning deprovisioning, Deprovisioning.Plan plan) throws SQLException, IOException {
        String confirmed = plan.tenant().slug().value();
        if (!plan.alreadyDone()) {
            confirmation.require(this, describe(plan), confirmed);
        }
        Deprovisioned done = deprovisioning.withConfirmation(confirmed).run(change.change());
        result.with("archive", done.archive().orElse(null))
                .with("alreadyDone", done.alreadyDone())
                .with("writtenAfterExport", done.writtenAfterExport().total());
        if (done.writtenAfterExport().total() > 0) {
            err().println("Rows were written between the export and the erasure; they are not in the archive: "
                    + done.writtenAfterExport().nonEmpty() + ".");
        }
        result.write(this, done.alreadyDone() ? alreadyDone(done.tenant()) : describe(done), done.erased());
        return ExitCode.OK;
    }

    private static String alreadyDone(Tenant tenant) {
        return "Tenant " + tenant.slug() + " has been deprovisioned before; nothing is left to do.";
    }

    private static String describe(Deprovisioned done) {
        String archive =
                done.archive().map(folder -> " They are in " + folder + ".").orElse("");
        String rows = RowCountReport.rows(done.erased());
        return "Erased " + rows + " of tenant " + done.tenant().slug() + "; none is left." + archive;
    }

    private static String describe(Deprovisioning.Plan plan) {
        Tenant tenant = plan.tenant();
        return "This erases " + RowCountReport.rows(plan.rows()) + " of tenant " + tenant.slug() + ", \""
                + tenant.name()
                + "\"" + (plan.resumes() ? ", and continues an earlier run" : "")
                + plan.archive().map(folder -> "; the archive is in " + folder).orElse("; there is no archive") + ".";
    }
}
