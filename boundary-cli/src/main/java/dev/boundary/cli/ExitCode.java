package dev.boundary.cli;

/** The exit codes of the process, which scripts rely on. */
final class ExitCode {

    static final int OK = 0;

    /** Something was found or has failed. */
    static final int FOUND = 1;

    /** The command line or a file named on it cannot be used, or the action was not confirmed. */
    static final int USAGE = 2;

    /** The database cannot be reached, or is not what the command needs. */
    static final int DATABASE = 3;

    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
