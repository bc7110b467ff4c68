package dev.boundary.cli;

import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import dev.boundary.tenants.lifecycle.TenantLifecycle;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes the state of a tenant. */
abstract class LifecycleCommand extends CliCommand {

    @Parameters(index = "0", paramLabel = "TENANT", description = "The tenant's slug.")
    private String slug = "";

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Option(names = "--dry-run", description = "Show what would be done, and change nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Write the result as one JSON object.")
    private boolean json;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Override
    public Integer call() throws SQLException, IOException {
        RoleDataSource role = admin.dataSource(database, cliEnvironment());
        Tenant tenant = TenantLookup.as(role).find(slug);
        TenantLifecycle lifecycle = TenantLifecycle.builder(role).build();
        if (!dryRun) {
            confirm(tenant);
        }
        Tenant after = change(dryRun ? lifecycle.dryRun() : lifecycle, tenant, change.change());
        String sentence = "Tenant " + after.slug() + (dryRun ? " would be " : " is now ") + state(after) + ".";
        new TenantResult(after, dryRun, sentence).write(this, json);
        return ExitCode.OK;
    }

    /** Asks for a confirmation, if the change is hard to undo. */
    void confirm(Tenant tenant) throws IOException {}

    abstract Tenant change(TenantLifecycle lifecycle, Tenant tenant, Change why);

    private static String state(Tenant tenant) {
        return tenant.state().name().toLowerCase(Locale.ROOT);
    }
}
