package dev.boundary.cli;

import dev.boundary.cli.sql.StatementOutput;
import dev.boundary.cli.sql.TenantSession;
import java.sql.SQLException;
import java.util.List;

/**
 * A script for many tenants.
 *
 * @param statements its statements
 * @param oneTransaction whether they run in one transaction for each tenant
 * @param readOnly whether statements that write are refused
 */
record TenantScript(List<SqlSource.Located> statements, boolean oneTransaction, boolean readOnly) {

    void run(TenantSession session, StatementOutput output) throws SQLException {
        ScriptRun run = new ScriptRun(session, output);
        if (oneTransaction) {
            run.inOneTransaction(statements);
        } else {
            run.eachStatement(statements);
        }
    }
}
