package dev.boundary.cli;

import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import dev.boundary.tenants.lifecycle.TenantLifecycle;
import picocli.CommandLine.Command;

/** Restores a deleted tenant. */
@Command(
        name = "restore",
        description = "Undoes a deletion, as long as no row was erased. A tenant that was suspended before is suspended"
                + " again.",
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
            "  boundary restore acme --reason \"deleted by mistake\"",
        })
final class RestoreCommand extends LifecycleCommand {

    @Override
    Tenant change(TenantLifecycle lifecycle, Tenant tenant, Change why) {
        return lifecycle.restore(tenant.key(), why);
    }
}
