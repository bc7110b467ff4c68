package dev.boundary.cli;

import dev.boundary.cli.text.SafeText;
import java.io.IOException;
import picocli.CommandLine.Option;

/** Lets a person type the tenant's slug before something is done that is hard to take back. */
final class Confirmation {

    @Option(names = "--yes", description = "Do not ask for the tenant's slug to be typed.")
    private boolean yes;

    /**
     * Goes on only if it is meant.
     *
     * @throws CommandFailedException if it is not, or nobody can be asked
     */
    void require(CliCommand command, String what, String slug) throws IOException {
        if (yes) {
            return;
        }
        if (!command.cliEnvironment().isInteractive()) {
            throw new CommandFailedException(
                    ExitCode.USAGE,
                    what + " There is no terminal to confirm it on: add --yes if it is meant. Nothing was changed.");
        }
        command.err().println(SafeText.line(what));
        command.err().flush();
        String typed = command.cliEnvironment().readLine("Type " + slug + " to go on: ");
        if (typed == null || !typed.strip().equals(slug)) {
            throw new CommandFailedException(ExitCode.USAGE, "Not confirmed. Nothing was changed.");
        }
    }
}
