package dev.boundary.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command needs: where to write, and its environment. */
abstract class CliCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // CommandFactory sets it
    private CliEnvironment environment;

    CommandSpec spec() {
        return spec;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Writes a text to standard output at once. */
    final void print(String text) {
        out().print(text);
        out().flush();
    }

    CliEnvironment cliEnvironment() {
        return environment;
    }

    final void setEnvironment(CliEnvironment value) {
        environment = value;
    }
}
