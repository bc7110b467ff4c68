package dev.boundary.cli;

import dev.boundary.cli.text.SafeText;
import java.io.IOException;
import picocli.CommandLine.Option;

/** Asks a person to type the tenant's slug before something is done that is hard to undo. */
final class Confirmation {

    @Option(names = "--yes", description = "Confirm: do not ask for the tenant's slug.")
    private boolean yes;

    /**
     * Returns if the person confirms.
     *
     * @throws CommandFailedException otherwise, or if there is no terminal to ask on
     */
    void require(CliCommand command, String what, String slug) throws IOException {
        if (!yes && !isTyped(command, what, slug)) {
            throw new CommandFailedException(ExitCode.USAGE, "Not confirmed. Nothing was changed.");
        }
    }

    private static boolean isTyped(CliCommand command, String what, String slug) throws IOException {
        if (!command.cliEnvironment().isInteractive()) {
            throw new CommandFailedException(
                    ExitCode.USAGE,
                    what + " There is no terminal to confirm it on: add --yes to confirm it. Nothing was changed.");
        }
        command.err().println(SafeText.line(what));
        command.err().flush();
        String typed = command.cliEnvironment().readLine("Type " + slug + " to continue: ");
        return typed != null && typed.strip().equals(slug);
    }
}
