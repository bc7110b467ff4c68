package dev.boundary.cli;

import java.io.PrintWriter;
import java.sql.SQLException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The commands. Exit codes: 0 all is well, 1 something was found, 2 the command line or a file named on it cannot be
 * used, 3 the database cannot be reached or read.
 *
 * <p>A new command is a class with picocli's {@link Command}, listed below.
 */
@Command(
        name = "boundary",
        description = "Row-level-security multitenancy on PostgreSQL.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        subcommands = {DoctorCommand.class, ProtectCommand.class, ScriptCommand.class, CommandLine.HelpCommand.class})
public final class BoundaryCli {

    static final int OK = 0;
    static final int FOUND = 1;
    static final int USAGE = 2;
    static final int DATABASE = 3;

    private BoundaryCli() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new BoundaryCli())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, command, parsed) -> fail(exception, command));
    }

    /** People get a sentence, not a stack trace; what is a fault of the program keeps its trace. */
    private static int fail(Exception exception, CommandLine command) {
        PrintWriter err = command.getErr();
        return switch (exception) {
            case SQLException e -> {
                err.println("The database cannot be reached or read: " + e.getMessage()
                        + (e.getSQLState() == null ? "" : " (SQLSTATE " + e.getSQLState() + ")"));
                yield DATABASE;
            }
            case IllegalArgumentException e -> {
                err.println(e.getMessage());
                yield USAGE;
            }
            case java.io.IOException e -> {
                err.println("The file cannot be read or written: " + e.getMessage());
                yield USAGE;
            }
            default -> {
                exception.printStackTrace(err);
                yield DATABASE;
            }
        };
    }
}
