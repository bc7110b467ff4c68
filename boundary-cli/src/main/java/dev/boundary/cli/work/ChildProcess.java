package dev.boundary.cli.work;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs a program and ends it, with every process that it started, when this process ends, however that happens.
 *
 * <p>Between the two stands a shell that puts the program into a new process group and holds the end of a pipe.
 * The pipe closes when this process dies, by {@code kill -9} too; then the shell ends the group: SIGTERM, and SIGKILL
 * ten seconds later. Processes that the program leaves running are ended in the same way. Its standard input is empty.
 */
final class ChildProcess {

    private static final String SHELL = "/bin/sh";

    /**
     * Descriptor 3 is the pipe. A signal makes {@code wait} return early; then, too, the group is ended. The watcher
     * inherits neither output, so that no one waits for it.
     */
    private static final String SUPERVISOR = """
            exec 3<&0 </dev/null
            trap : INT HUP TERM QUIT
            if command -v setsid >/dev/null 2>&1; then
              setsid "$@" 3<&- &
            elif command -v perl >/dev/null 2>&1; then
              perl -e 'setpgrp(0, 0); exec { $ARGV[0] } @ARGV; die "$ARGV[0]: $!\\n"' "$@" 3<&- &
            else
              "$@" 3<&- &
            fi
            child=$!
            end_group() {
              kill -TERM "-$child" || kill -TERM "$child" || return 0
              tries=0
              while kill -0 "-$child" && [ "$tries" -lt 10 ]; do
                sleep 1
                tries=$((tries + 1))
              done
              kill -KILL "-$child"
            }
            (read -r line <&3; end_group) >/dev/null 2>&1 &
            watcher=$!
            exec 3<&-
            wait "$child"
            status=$?
            kill -KILL "$watcher" 2>/dev/null
            end_group >/dev/null 2>&1
            exit "$status"
            """;

    private static final Duration TERMINATION_TIMEOUT = Duration.ofSeconds(15);
    private static final int LONGEST_LINE = 8192;

    private final List<String> command;

    /**
     * Prepares to run a program.
     *
     * @param command the program and its arguments
     * @param path the directories to look for it in, as in PATH
     * @throws IllegalArgumentException if there is no such program
     */
    ChildProcess(List<String> command, String path) {
        this.command = new ArrayList<>(command);
        this.command.set(0, executable(command.getFirst(), path));
    }

    private static String executable(String name, String path) {
        if (!name.contains("/")) {
            return find(name, path);
        }
        if (!isExecutable(Path.of(name))) {
            throw new IllegalArgumentException("\"" + name + "\" is not a program that can be run.");
        }
        return name.startsWith("-") ? "./" + name : name;
    }

    private static String find(String name, String path) {
        return Stream.of(path.split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder.isEmpty() ? "." : folder, name))
                .filter(ChildProcess::isExecutable)
                .findFirst()
                .map(file -> file.toAbsolutePath().toString())
                .orElseThrow(() -> new IllegalArgumentException("There is no program \"" + name + "\" in PATH."));
    }

    private static boolean isExecutable(Path file) {
        return Files.isExecutable(file) && Files.isRegularFile(file);
    }

    /**
     * Runs the program to its end.
     *
     * @param environment changes to the environment; an empty text removes a variable
     * @param limit how long it may take; zero for no limit
     * @param output receives whether a line is from standard error, and the line; called by two threads
     * @return its exit code; 128 and more if a signal ended it
     * @throws IOException if it cannot be started
     * @throws InterruptedException if this thread is interrupted; the program has been ended
     * @throws TimeLimitException if it took too long; it has been ended
     */
    int run(Map<String, String> environment, Duration limit, BiConsumer<Boolean, String> output)
            throws IOException, InterruptedException, TimeLimitException {
        Process process = start(environment);
        Thread out = pump(process.inputReader(), line -> output.accept(false, line), output);
        Thread err = pump(process.errorReader(), line -> output.accept(true, line), output);
        try {
            await(process, limit);
            out.join();
            err.join();
            return process.exitValue();
        } finally {
            end(process);
        }
    }

    private Process start(Map<String, String> environment) throws IOException {
        List<String> shell = new ArrayList<>(List.of(SHELL, "-c", SUPERVISOR, "boundary"));
        shell.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(shell);
        builder.environment().putAll(environment);
        builder.environment().keySet().removeIf(name -> "".equals(environment.get(name)));
        return builder.start();
    }

    private static void await(Process process, Duration limit) throws InterruptedException, TimeLimitException {
        if (limit.isZero()) {
            process.waitFor();
        } else if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TimeLimitException(limit);
        }
    }

    /** Closes the pipe and waits, even if interrupted: a child left alone would be an orphan. */
    private static void end(Process process) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(TERMINATION_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Thread pump(Reader reader, Consumer<String> lines, BiConsumer<Boolean, String> output) {
        return Thread.ofVirtual().start(() -> {
            try (reader) {
                copyLines(reader, lines);
            } catch (IOException e) {
                output.accept(true, "(its output cannot be read any more: " + e.getMessage() + ")");
            }
        });
    }

    private static void copyLines(Reader reader, Consumer<String> lines) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            if (c == '\n' || line.length() == LONGEST_LINE) {
                lines.accept(line.toString());
                line.setLength(0);
            }
            if (c != '\n') {
                line.append((char) c);
            }
        }
        if (!line.isEmpty()) {
            lines.accept(line.toString());
        }
    }

    /** A program took longer than it may. */
    static final class TimeLimitException extends Exception {

        private static final long serialVersionUID = 1L;

        TimeLimitException(Duration limit) {
            super("took longer than " + limit.toSeconds() + " s and was ended");
        }
    }
}
