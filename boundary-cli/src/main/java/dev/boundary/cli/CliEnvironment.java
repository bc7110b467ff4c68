package dev.boundary.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The surroundings of a command: environment variables, standard input and perhaps a terminal. */
interface CliEnvironment {

    /** The environment variables. */
    Map<String, String> environment();

    /** Whether there is a person to ask: standard input and output are a terminal. */
    boolean isInteractive();

    /** Whether standard error is a terminal, on which a line can be overwritten. */
    boolean hasTerminalOnErr();

    /** Shows a prompt and reads a line; null at the end of the input. */
    @Nullable
    String readLine(String prompt) throws IOException;

    /** Shows a prompt and reads a line without showing it; null at the end of the input. */
    char @Nullable [] readPassword(String prompt);

    /** Standard input. */
    BufferedReader in();

    /** The environment of this process. */
    static CliEnvironment ofProcess() {
        return new ProcessEnvironment();
    }

    /** The environment of this process. */
    @SuppressWarnings("SystemConsoleNull") // -Djdk.console may still choose a provider without one
    final class ProcessEnvironment implements CliEnvironment {

        private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

        @Override
        public Map<String, String> environment() {
            return System.getenv();
        }

        @Override
        public boolean isInteractive() {
            return console() != null;
        }

        /** Java tells only whether input and output both are; the command {@code test} tells for each. */
        @Override
        public boolean hasTerminalOnErr() {
            try {
                Process test = new ProcessBuilder("test", "-t", "2")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                return test.waitFor() == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public @Nullable String readLine(String prompt) throws IOException {
            Console console = console();
            return console == null ? in.readLine() : console.readLine("%s", prompt);
        }

        @Override
        public char @Nullable [] readPassword(String prompt) {
            Console console = console();
            return console == null ? null : console.readPassword("%s", prompt);
        }

        @Override
        public BufferedReader in() {
            return in;
        }

        private static @Nullable Console console() {
            Console console = System.console();
            return console != null && console.isTerminal() ? console : null;
        }
    }
}
