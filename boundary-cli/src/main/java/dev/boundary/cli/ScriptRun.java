package dev.boundary.cli;

import dev.boundary.cli.sql.StatementOutput;
import dev.boundary.cli.sql.TenantChangedException;
import dev.boundary.cli.sql.TenantSession;
import java.sql.SQLException;
import java.util.List;

/** Runs scripts inside one tenant. The first error ends a script. */
record ScriptRun(TenantSession session, StatementOutput output) {

    /** A script that is to run in one transaction must not begin or end one. */
    static void checkWithoutTransactions(List<SqlSource.Located> script) {
        script.stream()
                .filter(located -> located.statement().isTransactionControl())
                .findFirst()
                .ifPresent(located -> {
                    throw new IllegalArgumentException(located.location() + ": "
                            + located.statement().keyword() + " has no place in a script that runs in one transaction."
                            + " Remove it, or let each statement commit (--each-statement).");
                });
    }

    /** All or nothing. */
    void inOneTransaction(List<SqlSource.Located> script) throws SQLException {
        session.begin();
        try {
            runAll(script);
            session.commit();
        } finally {
            session.rollback();
        }
    }

    /** Each statement in its own transaction, unless the script begins one. One that is left open is rolled back. */
    void eachStatement(List<SqlSource.Located> script) throws SQLException {
        runAll(script);
        if (session.isInTransaction()) {
            session.rollback();
            throw CommandFailedException.failed(
                    "The script ended inside a transaction, which was rolled back. End it with COMMIT.");
        }
    }

    private void runAll(List<SqlSource.Located> script) throws SQLException {
        for (SqlSource.Located statement : script) {
            run(statement);
        }
    }

    private void run(SqlSource.Located located) throws SQLException {
        try {
            session.run(located.statement(), output);
        } catch (TenantChangedException e) {
            throw CommandFailedException.failed(located.location() + ": " + e.getMessage());
        } catch (SQLException e) {
            if (TenantSession.isLost(e)) {
                throw e;
            }
            throw CommandFailedException.failed(located.location() + ": " + new DatabaseError(e).sentence());
        }
    }
}
