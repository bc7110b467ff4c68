package dev.boundary.cli;

import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import dev.boundary.tenants.lifecycle.TenantLifecycle;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes a tenant, but not its rows. */
@Command(
        name = "delete",
        description =
                "Deletes a tenant so that it can be restored: its requests are refused, and its rows stay until it is"
                        + " deprovisioned.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:there is no such tenant, or its state does not allow it; nothing has changed",
            "2:the command line cannot be used, or it was not confirmed",
            "3:the database cannot be reached, or has no registry"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  boundary delete acme --reason \"contract ended\"",
            "  boundary delete acme --reason \"contract ended\" --yes",
        })
final class DeleteCommand extends LifecycleCommand {

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Override
    void confirm(Tenant tenant) throws IOException {
        String what = "Tenant " + tenant.slug() + ", \"" + tenant.name() + "\", will be deleted; its rows stay.";
        confirmation.require(this, what, tenant.slug().value());
    }

    @Override
    Tenant change(TenantLifecycle lifecycle, Tenant tenant, Change why) {
        return lifecycle.delete(tenant.key(), why);
    }
}
