package dev.boundary.cli;

import dev.boundary.cli.text.SafeText;
import dev.boundary.core.BoundaryException;
import dev.boundary.core.UnsafeDatabaseException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * The program {@code boundary} and its commands. Exit codes: 0 success, 1 something was found or failed, 2 the command
 * line or a file named on it cannot be used, 3 the database cannot be reached or read, or is not what the command
 * needs, 130 interrupted.
 *
 * <p>A new command is a class with picocli's {@link Command}, listed below.
 */
@Command(
        name = "boundary",
        description = "Row-level-security multitenancy on PostgreSQL.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and nothing was found",
            "1:something was found, or failed",
            "2:the command line or a file cannot be used, or it was not confirmed",
            "3:the database cannot be reached, or is not what the command needs",
            "130:interrupted"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  boundary doctor --url jdbc:postgresql://localhost/shop --user boundary_app",
            "  boundary help doctor",
        },
        subcommands = {
            DoctorCommand.class,
            ExplainCommand.class,
            ProtectCommand.class,
            ScriptCommand.class,
            ProvisionCommand.class,
            ListCommand.class,
            SuspendCommand.class,
            ResumeCommand.class,
            DeleteCommand.class,
            RestoreCommand.class,
            DeprovisionCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            CloneCommand.class,
            TablesCommand.class,
            SqlCommand.class,
            RunAllCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class
        })
public final class BoundaryCli {

    private static final int HELP_WIDTH = 100;

    /** Kept, or its level would be lost: the driver logs lines of the service file, with their passwords. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

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
        return commandLine(CliEnvironment.ofProcess());
    }

    static CommandLine commandLine(CliEnvironment environment) {
        DRIVER.setLevel(Level.OFF);
        return new CommandLine(new BoundaryCli(), new CommandFactory(environment))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_WIDTH)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((exception, arguments) -> usageError(exception))
                .setExecutionExceptionHandler((exception, command, parsed) -> failure(exception, command));
    }

    private static int usageError(ParameterException exception) {
        CommandLine command = exception.getCommandLine();
        print(command, String.valueOf(exception.getMessage()));
        if (!command.getCommandSpec().root().equals(command.getCommandSpec())) {
            print(command, "See \"" + command.getCommandSpec().qualifiedName() + " --help\".");
        } else {
            command.usage(command.getErr());
        }
        return ExitCode.USAGE;
    }

    /** People get a sentence, not a stack trace; what is a fault of the program keeps its trace. */
    private static int failure(Exception exception, CommandLine command) {
        if (exception instanceof ParameterException usage) {
            return usageError(usage);
        }
        SQLException database = databaseError(exception);
        return switch (exception) {
            case CommandFailedException e -> print(command, message(e), e.exitCode());
            case UnsafeDatabaseException e -> print(command, message(e), ExitCode.DATABASE);
            case IllegalArgumentException e -> print(command, message(e), ExitCode.USAGE);
            case IOException e -> print(command, "The file cannot be read or written: " + fileError(e), ExitCode.USAGE);
            case InterruptedException e -> print(command, "Interrupted.", ExitCode.INTERRUPTED);
            case Exception e when database != null -> print(command, message(database), ExitCode.DATABASE);
            case BoundaryException e -> print(command, message(e), ExitCode.FOUND);
            default -> {
                exception.printStackTrace(command.getErr());
                yield ExitCode.DATABASE;
            }
        };
    }

    private static @Nullable SQLException databaseError(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static String message(Exception exception) {
        return String.valueOf(exception.getMessage());
    }

    private static String message(SQLException exception) {
        DatabaseError error = new DatabaseError(exception);
        return "The database cannot be reached or used: " + error.sentence() + error.advice();
    }

    /** Most of these have nothing but the name of the file as their message. */
    private static String fileError(IOException exception) {
        String message = Objects.requireNonNullElse(exception.getMessage(), "");
        return switch (exception) {
            case NoSuchFileException missing -> "there is no file " + message;
            case AccessDeniedException denied -> message + " (permission denied)";
            case FileAlreadyExistsException existing -> message + " exists already";
            case CharacterCodingException binary -> "it is not text in UTF-8";
            default -> message;
        };
    }

    private static int print(CommandLine command, String message, int code) {
        print(command, message);
        return code;
    }

    private static void print(CommandLine command, String message) {
        PrintWriter err = command.getErr();
        err.println(SafeText.lines(SafeText.withoutPasswords(message)));
        err.flush();
    }
}
