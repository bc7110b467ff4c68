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

/** Reads statements from a terminal and runs each when its semicolon has come. An error ends nothing. */
final class SqlPrompt {

    private static final String HELP = """
            Ends of statements are semicolons. Each statement runs inside this tenant, in a transaction of its own unless you
            BEGIN one. \\q or end of input leaves, \\r forgets what was typed, \\? shows this.
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
            } else if (command.equals("\\r")) {
                typed = "";
            } else if (typed.isBlank() && command.startsWith("\\")) {
                say(command.equals("\\?") ? HELP : "There is no command " + command + ". \\? shows those there are.");
            } else {
                typed = runComplete(typed + line + "\n");
            }
        }
        if (session.isInTransaction()) {
            session.rollback();
            say("The open transaction was rolled back.");
        }
    }

    private @org.jspecify.annotations.Nullable String read(String typed) throws IOException {
        String state = session.isFailed() ? "!" : session.isInTransaction() ? "*" : "";
        return cliEnvironment.readLine(tenant + "=" + state + (typed.isBlank() ? "> " : "- "));
    }

    /** Runs what is complete and returns what is not. */
    private String runComplete(String typed) throws SQLException {
        SqlScript.Parts parts = SqlScript.parts(typed);
        for (SqlStatement statement : parts.statements()) {
            if (!succeeds(statement)) {
                return "";
            }
        }
        return parts.rest().isBlank() ? "" : parts.rest().text();
    }

    private boolean succeeds(SqlStatement statement) throws SQLException {
        try {
            session.run(statement, output);
            return true;
        } catch (TenantChangedException e) {
            say(String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            if (TenantSession.isLost(e)) {
                throw e;
            }
            say(String.valueOf(e.getMessage()));
        }
        return false;
    }

    private void say(String text) {
        err.println(SafeText.lines(text));
        err.flush();
    }
}
