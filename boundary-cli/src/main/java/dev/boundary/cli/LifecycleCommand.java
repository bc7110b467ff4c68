package dev.boundary.cli;

import dev.boundary.cli.text.Json;
import dev.boundary.cli.text.SafeText;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import dev.boundary.tenants.lifecycle.TenantLifecycle;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a tenant into another state. */
abstract class LifecycleCommand extends CliCommand {

    @Parameters(index = "0", paramLabel = "TENANT", description = "The tenant's slug.")
    private String slug = "";

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Option(names = "--dry-run", description = "Say what would be done, and change nothing.")
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
        Tenant tenant = Registry.tenant(Registry.of(role), slug);
        TenantLifecycle lifecycle = TenantLifecycle.builder(role).build();
        if (!dryRun) {
            confirm(tenant);
        }
        Tenant after = change(dryRun ? lifecycle.dryRun() : lifecycle, tenant, change.change());
        write(
                this,
                after,
                dryRun,
                json,
                (dryRun ? "Would be " : "Tenant " + after.slug() + " is now ") + state(after) + ".");
        return ExitCode.OK;
    }

    /** Asks, where it is hard to take back. */
    void confirm(Tenant tenant) throws IOException {}

    abstract Tenant change(TenantLifecycle lifecycle, Tenant tenant, Change why);

    static String state(Tenant tenant) {
        return tenant.state().name().toLowerCase(Locale.ROOT);
    }

    static void write(CliCommand command, Tenant tenant, boolean dryRun, boolean json, String sentence) {
        if (json) {
            Map<String, @Nullable Object> facts = new LinkedHashMap<>();
            facts.put("slug", tenant.slug());
            facts.put("key", tenant.key().value());
            facts.put("name", tenant.name());
            facts.put("region", tenant.region().orElse(null));
            facts.put("state", state(tenant));
            facts.put("dryRun", dryRun);
            command.out().println(Json.of(facts));
        } else {
            command.out().println(SafeText.line(sentence));
        }
        command.out().flush();
    }
}
