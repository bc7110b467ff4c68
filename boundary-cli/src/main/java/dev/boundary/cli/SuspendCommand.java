package dev.boundary.cli;

import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import dev.boundary.tenants.lifecycle.TenantLifecycle;
import picocli.CommandLine.Command;

/** Suspends a tenant. */
@Command(
        name = "suspend",
        description = "Suspends a tenant: its requests are refused until it is resumed. Its rows stay.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:there is no such tenant, or its state does not allow it; nothing has changed",
            "2:the command line cannot be used",
            "3:the database cannot be reached, or has no registry"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  boundary suspend acme --reason \"unpaid since May\"",
            "  boundary suspend acme --reason \"unpaid\" --dry-run",
        })
final class SuspendCommand extends LifecycleCommand {

    @Override
    Tenant change(TenantLifecycle lifecycle, Tenant tenant, Change why) {
        return lifecycle.suspend(tenant.key(), why);
    }
}
