package dev.boundary.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints a script that makes the shell complete commands and options. */
@Command(
        name = "completion",
        description = "Prints a script that makes bash or zsh complete commands and options.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "2:the command line cannot be used"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  boundary completion > ~/.boundary-completion",
            "  source <(boundary completion)",
            "  boundary completion --name boundary-staging",
        })
final class CompletionCommand extends CliCommand {

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "boundary",
            description = "What you call the program: an alias or a script. Default: ${DEFAULT-VALUE}.")
    private String name = "boundary";

    @Override
    public Integer call() {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" cannot be the name of a command. Use letters, digits and . _ -.");
        }
        print(AutoComplete.bash(name, spec().root().commandLine()));
        return ExitCode.OK;
    }
}
