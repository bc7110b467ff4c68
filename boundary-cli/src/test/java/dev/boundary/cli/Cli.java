package dev.boundary.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Runs commands in this process, with an environment and perhaps a person at a terminal. */
final class Cli {

    private final Map<String, String> environment =
            new HashMap<>(Map.of("PATH", System.getenv("PATH"), "BOUNDARY_ONE_DATABASE", "true"));
    private @Nullable Deque<String> typed;
    private String input = "";
    private @Nullable String password;

    /** How a command ended. */
    record Outcome(int code, String out, String err) {

        String all() {
            return out + err;
        }
    }

    Cli with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Cli without(String variable) {
        environment.remove(variable);
        return this;
    }

    /** A person types these lines. */
    Cli typing(String... lines) {
        typed = new ArrayDeque<>(List.of(lines));
        return this;
    }

    /** A person knows this password. */
    Cli knowing(String secret) {
        password = secret;
        return this;
    }

    Cli reading(String text) {
        input = text;
        return this;
    }

    Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = BoundaryCli.commandLine(new Fake(new PrintWriter(err)))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        int code = command.execute(arguments);
        return new Outcome(code, out.toString(), err.toString());
    }

    private final class Fake implements CliEnvironment {

        private final PrintWriter terminal;

        Fake(PrintWriter terminal) {
            this.terminal = terminal;
        }

        @Override
        public Map<String, String> environment() {
            return environment;
        }

        @Override
        public boolean isInteractive() {
            return typed != null;
        }

        @Override
        public boolean hasTerminalOnErr() {
            return typed != null;
        }

        @Override
        public @Nullable String readLine(String prompt) {
            terminal.print(prompt);
            terminal.flush();
            return typed == null ? null : typed.poll();
        }

        @Override
        public char @Nullable [] readPassword(String prompt) {
            terminal.print(prompt);
            terminal.flush();
            return password == null ? null : password.toCharArray();
        }

        @Override
        public BufferedReader in() {
            return new BufferedReader(new StringReader(input));
        }
    }
}
