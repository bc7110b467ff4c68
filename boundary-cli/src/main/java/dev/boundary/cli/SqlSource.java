package dev.boundary.cli;

import dev.boundary.cli.sql.SqlScript;
import dev.boundary.cli.sql.SqlStatement;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** SQL on the command line or in files. */
final class SqlSource {

    @Option(
            names = {"-c", "--command"},
            paramLabel = "SQL",
            description = "Statements to run; may be given several times.")
    private List<String> commands = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "A script to run, in UTF-8, after those of -c; \"-\" is standard input. May be given several"
                    + " times.")
    private List<Path> files = new ArrayList<>();

    /**
     * A statement and where it comes from.
     *
     * @param source a file, or {@code -c}
     * @param statement the statement
     */
    record Located(String source, SqlStatement statement) {

        String location() {
            return source + ":" + statement.line();
        }
    }

    boolean isGiven() {
        return !commands.isEmpty() || !files.isEmpty();
    }

    List<Located> read(CliEnvironment cliEnvironment) throws IOException {
        List<Located> statements = new ArrayList<>();
        commands.forEach(command -> statements.addAll(located("-c", command)));
        for (Path file : files) {
            statements.addAll(read(file, cliEnvironment));
        }
        if (statements.isEmpty()) {
            throw new IllegalArgumentException("There is no statement in what was given to run.");
        }
        return statements;
    }

    private static List<Located> read(Path file, CliEnvironment cliEnvironment) throws IOException {
        return file.toString().equals("-")
                ? readInput(cliEnvironment)
                : located(file.toString(), Files.readString(file));
    }

    /** The statements on standard input; perhaps none. */
    static List<Located> readInput(CliEnvironment cliEnvironment) throws IOException {
        return located("standard input", readAll(cliEnvironment));
    }

    private static List<Located> located(String source, String text) {
        return SqlScript.parse(text).all().stream()
                .map(statement -> new Located(source, statement))
                .toList();
    }

    private static String readAll(CliEnvironment cliEnvironment) throws IOException {
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[8192];
        BufferedReader in = cliEnvironment.in();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            text.append(buffer, 0, read);
        }
        return text.toString();
    }
}
