package dev.boundary.cli;

import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.event.BoundaryEvent.TenantLifecycleEvent.Step;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.registry.internal.TenantWriter;
import dev.boundary.tenants.lifecycle.Provisioned;
import dev.boundary.tenants.lifecycle.TenantHook;
import dev.boundary.tenants.lifecycle.TenantLifecycle;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a tenant. */
@Command(
        name = "provision",
        description =
                "Creates a tenant in the registry, with its domains, in one transaction. If a tenant with this key,"
                        + " slug and name exists already, nothing is done. Hooks that a service adds to TenantLifecycle"
                        + " are unknown here and do not run.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the tenant exists",
            "1:the key, the slug or a domain is another tenant's; nothing has changed",
            "2:the command line cannot be used, for example because of the slug",
            "3:the database cannot be reached, or has no registry"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  boundary provision initech --name Initech --key 42 --region eu --reason \"new customer\"",
            "  boundary provision initech --name Initech --key 42 --domain book.initech.example --attribute plan=gold"
                    + " --reason \"new customer\" --dry-run",
        })
final class ProvisionCommand extends CliCommand {

    @Parameters(index = "0", paramLabel = "SLUG", description = "A DNS label: lower-case letters, digits and hyphens.")
    private String slug = "";

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The tenant's name for people.")
    private String name = "";

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "The value of the tenant column. Default for keys of type uuid: a random one.")
    private @Nullable String key;

    @Option(names = "--region", paramLabel = "REGION", description = "The region that its rows are in.")
    private @Nullable String region;

    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description = "Something else to store with it; may be given several times.")
    private Map<String, String> attributes = new LinkedHashMap<>();

    @Option(
            names = "--domain",
            paramLabel = "HOST",
            description = "A domain of the tenant; may be given several times.")
    private List<String> domains = List.of();

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
    public Integer call() throws SQLException {
        Slug checked = new Slug(slug);
        Change why = change.change();
        RoleDataSource role = admin.dataSource(database, cliEnvironment());
        TenantLookup.check(role);
        Tenant tenant =
                new Tenant(key(role), checked, name, Optional.ofNullable(region), TenantState.ACTIVE, attributes);
        Provisioned outcome = lifecycle(role, why).provision(tenant, why);
        new TenantResult(outcome.tenant(), dryRun, sentence(outcome)).write(this, json);
        return ExitCode.OK;
    }

    private TenantLifecycle lifecycle(RoleDataSource role, Change why) {
        TenantLifecycle lifecycle =
                TenantLifecycle.builder(role).hook(new Domains(why)).build();
        return dryRun ? lifecycle.dryRun() : lifecycle;
    }

    private TenantKey key(RoleDataSource role) throws SQLException {
        TenantKeyType type = keyType(role);
        if (key != null) {
            return TenantKey.parse(type, key);
        }
        if (type != TenantKeyType.UUID) {
            throw new IllegalArgumentException(
                    "Tenant keys are of type " + type.sqlName() + " here. Choose one: --key.");
        }
        return TenantKey.of(UUID.randomUUID());
    }

    private static TenantKeyType keyType(RoleDataSource role) throws SQLException {
        try (Connection connection = role.getConnection()) {
            return InstallationReader.read(connection).keyType();
        }
    }

    private String sentence(Provisioned outcome) {
        String tenant =
                "Tenant " + outcome.tenant().slug() + " (" + outcome.tenant().key() + ")";
        if (!outcome.created()) {
            return tenant + " exists already; nothing was done.";
        }
        return tenant + (dryRun ? " would be created." : " was created.");
    }

    /** Writes the domains in the transaction that creates the tenant. */
    private final class Domains implements TenantHook {

        private final Change why;

        Domains(Change why) {
            this.why = why;
        }

        @Override
        public void after(Step step, Tenant tenant, Connection transaction) {
            TenantWriter writer = TenantWriter.on(transaction);
            domains.forEach(domain -> writer.addDomain(tenant.key(), domain, why));
        }
    }
}
