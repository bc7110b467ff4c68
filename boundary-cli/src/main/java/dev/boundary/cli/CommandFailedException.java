package dev.boundary.cli;

/** A command cannot do what it was asked to; the message is for the person at the terminal. */
final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandFailedException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The command was attempted, and failed. */
    static CommandFailedException failed(String message) {
        return new CommandFailedException(ExitCode.FOUND, message);
    }

    /** The database is not what the command needs. */
    static CommandFailedException database(String message) {
        return new CommandFailedException(ExitCode.DATABASE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
