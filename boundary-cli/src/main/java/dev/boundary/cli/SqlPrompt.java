package dev.boundary.cli;

import dev.boundary.cli.sql.SqlScript;
import dev.boundary.cli.sql.SqlStatement;
import dev.boundary.cli.sql.StatementOutput;
import dev.boundary.cli.sql.TenantChangedException;
import dev.boundary.cli.sql.TenantSession;
import dev.boundary.cli.text.SafeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads statements from a terminal and runs each when its semicolon was typed. An error does not end the prompt. */
final class SqlPrompt {

    private static final String HELP = """
            A semicolon ends a statement. Each statement runs inside this tenant, in its own transaction unless you
            BEGIN one. \\q or end of input leaves, \\r discards what was typed, \\? shows this.
            """;

    private final CliEnvironment cliEnvironment;
    private final TenantSession session;
    private final StatementOutput output;
    private final PrintWriter err;
    private final String tenant;

    SqlPrompt(
            CliEnvironment cliEnvironment,
            TenantSession session,
            StatementOutput output,
            PrintWriter err,
            String tenant) {
        this.cliEnvironment = cliEnvironment;
        this.session = session;
        this.output = output;
        this.err = err;
        this.tenant = tenant;
    }

    /** Runs what is typed until the end of input; an open transaction is then rolled back. */
    void run() throws IOException, SQLException {
        String typed = "";
        for (String line = read(typed); line != null; line = read(typed)) {
            String command = line.strip();
            if (typed.isBlank() && command.equals("\\q")) {
                break;
            }
            boolean isCommand = command.equals("\\r") || (typed.isBlank() && command.startsWith("\\"));
            typed = isCommand ? runCommand(command) : runComplete(typed + line + "\n");
        }
        if (session.isInTransaction()) {
            session.rollback();
            print("The open transaction was rolled back.");
        }
    }

    /** Nothing of what was typed is left. */
    private String runCommand(String command) {
        if (command.equals("\\?")) {
            print(HELP);
        } else if (!command.equals("\\r")) {
            print("There is no command " + command + ". \\? shows the commands.");
        }
        return "";
    }

    private @Nullable String read(String typed) throws IOException {
        String state = session.isFailed() ? "!" : session.isInTransaction() ? "*" : "";
        return cliEnvironment.readLine(tenant + "=" + state + (typed.isBlank() ? "> " : "- "));
    }

    /** Runs what is complete and returns what is not. */
    private String runComplete(String typed) throws SQLException {
        SqlScript script = SqlScript.parse(typed);
        for (SqlStatement statement : script.statements()) {
            if (!succeeds(statement)) {
                return "";
            }
        }
        return script.rest().isBlank() ? "" : script.rest().text();
    }

    private boolean succeeds(SqlStatement statement) throws SQLException {
        try {
            session.run(statement, output);
            return true;
        } catch (TenantChangedException | SQLException e) {
            if (e instanceof SQLException error && TenantSession.isLost(error)) {
                throw error;
            }
            print(String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void print(String text) {
        err.println(SafeText.lines(text));
        err.flush();
    }
}
