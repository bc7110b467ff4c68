package dev.boundary.cli;

import dev.boundary.core.registry.Change;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who changes a tenant and why, for the audit. The database also records the role that logged in. */
final class ChangeOptions {

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the audit.")
    private String reason = "";

    @Option(names = "--actor", paramLabel = "NAME", description = "Who, for the audit. Default: your login.")
    private @Nullable String actor;

    Change change() {
        return new Change(actor == null ? System.getProperty("user.name", "unknown") : actor, reason);
    }
}
