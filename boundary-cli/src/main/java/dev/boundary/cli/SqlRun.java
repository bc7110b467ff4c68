package dev.boundary.cli;

import dev.boundary.cli.sql.StatementOutput;
import dev.boundary.cli.sql.TenantChangedException;
import dev.boundary.cli.sql.TenantSession;
import java.sql.SQLException;
import java.util.List;

/** Runs a script inside one tenant. The first error ends it. */
final class SqlRun {

    private SqlRun() {}

    /** A script that is to run in one transaction must not begin or end one. */
    static void checkWithoutTransactions(List<SqlSource.Located> script) {
        for (SqlSource.Located located : script) {
            if (located.statement().isTransactionControl()) {
                throw new IllegalArgumentException(
                        located.location() + ": " + located.statement().keyword()
                                + " has no place in a script that runs in one transaction. Take it out, or let each statement"
                                + " commit (--each-statement).");
            }
        }
    }

    /** All or nothing. */
    static void inOneTransaction(TenantSession session, List<SqlSource.Located> script, StatementOutput output)
            throws SQLException {
        session.begin();
        try {
            for (SqlSource.Located statement : script) {
                run(session, statement, output);
            }
            session.commit();
        } finally {
            session.rollback();
        }
    }

    /**
     * Each statement in a transaction of its own, unless the script begins one. One that is left open is rolled back.
     */
    static void eachStatement(TenantSession session, List<SqlSource.Located> script, StatementOutput output)
            throws SQLException {
        for (SqlSource.Located statement : script) {
            run(session, statement, output);
        }
        if (session.isInTransaction()) {
            session.rollback();
            throw CommandFailedException.failed(
                    "The script ended inside a transaction, which was rolled back. End it with COMMIT.");
        }
    }

    private static void run(TenantSession session, SqlSource.Located located, StatementOutput output)
            throws SQLException {
        try {
            session.run(located.statement(), output);
        } catch (TenantChangedException e) {
            throw CommandFailedException.failed(located.location() + ": " + e.getMessage());
        } catch (SQLException e) {
            if (TenantSession.isLost(e)) {
                throw e;
            }
            throw CommandFailedException.failed(located.location() + ": " + DatabaseErrors.sentence(e));
        }
    }
}
