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
            "Exports a tenant's rows and verifies the archive, erases the rows in batches, looks for rows that are left as the"
                    + " application role and as the admin role, and marks the tenant as deleted. The tenant must be suspended or"
                    + " deleted before.",
            "",
            "If it is interrupted, run it again: it goes on where it was. Hooks that a service adds to TenantLifecycle are not"
                    + " known here and not run.",
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

    private static final int USUAL_BATCH = 5000;

    @Parameters(index = "0", paramLabel = "TENANT", description = "The tenant's slug.")
    private String slug = "";

    @Option(
            names = "--archives",
            paramLabel = "FOLDER",
            description = "Where archives are kept; a new folder for this one is made in it.")
    private @Nullable Path archives;

    @Option(names = "--without-export", description = "Make no archive: the rows are lost.")
    private boolean withoutExport;

    @Option(
            names = "--batch-size",
            paramLabel = "ROWS",
            description = "How many rows are erased in one transaction: 1 to 100000. Default: ${DEFAULT-VALUE}.")
    private int batchSize = USUAL_BATCH;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Option(names = "--dry-run", description = "Make the checks, count the rows, and change nothing.")
    private boolean dryRun;

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Mixin
    private RowsResult result = new RowsResult();

    @Mixin
    private RowPlaces places = new RowPlaces();

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
        Tenant tenant = Registry.tenant(Registry.of(adminRole), slug);
        places.check(tenant, cliEnvironment());
        Deprovisioning prepared = TenantLifecycle.builder(adminRole)
                .rows(
                        application.rows(role, places, database, cliEnvironment()),
                        admin.rows(adminRole, places, database, cliEnvironment()))
                .build()
                .deprovision(tenant.key())
                .withBatchSize(batchSize)
                .withProgress(result.progress(this));
        Deprovisioning deprovisioning = archives == null ? prepared.withoutExport() : prepared.withExport(archives);
        result.with("slug", tenant.slug()).with("key", tenant.key().value()).with("dryRun", dryRun);
        Deprovisioning.Plan plan = deprovisioning.plan();
        return dryRun ? tell(plan) : run(deprovisioning, plan);
    }

    private int tell(Deprovisioning.Plan plan) {
        result.with("archive", plan.archive().orElse(null)).with("alreadyDone", plan.alreadyDone());
        result.write(this, plan.alreadyDone() ? alreadyDone(plan.tenant()) : what(plan), plan.rows());
        return ExitCode.OK;
    }

    private int run(Deprovisioning deprovisioning, Deprovisioning.Plan plan) throws SQLException, IOException {
        if (!plan.alreadyDone()) {
            confirmation.require(this, what(plan), plan.tenant().slug().value());
        }
        Deprovisioned done =
                deprovisioning.withConfirmation(plan.tenant().slug().value()).run(change.change());
        result.with("archive", done.archive().orElse(null))
                .with("alreadyDone", done.alreadyDone())
                .with("writtenAfterExport", done.writtenAfterExport().total());
        if (done.writtenAfterExport().total() > 0) {
            err().println("Rows were written between the export and the erasure; they are not in the archive: "
                    + done.writtenAfterExport().nonEmpty() + ".");
        }
        result.write(
                this,
                done.alreadyDone()
                        ? alreadyDone(done.tenant())
                        : "Erased " + RowsResult.rows(done.erased()) + " of tenant "
                                + done.tenant().slug()
                                + "; none is left."
                                + done.archive()
                                        .map(folder -> " They are in " + folder + ".")
                                        .orElse(""),
                done.erased());
        return ExitCode.OK;
    }

    private static String alreadyDone(Tenant tenant) {
        return "Tenant " + tenant.slug() + " has been deprovisioned before; nothing is left to do.";
    }

    private static String what(Deprovisioning.Plan plan) {
        return "This erases " + RowsResult.rows(plan.rows()) + " of tenant "
                + plan.tenant().slug() + ", \""
                + plan.tenant().name() + "\""
                + (plan.resumes() ? ", and goes on with what an earlier run has begun" : "")
                + plan.archive().map(folder -> "; the archive is in " + folder).orElse("; there is no archive")
                + ".";
    }
}
