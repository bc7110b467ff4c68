package dev.boundary.cli;

import dev.boundary.cli.sql.StatementOutput;
import dev.boundary.cli.sql.TenantSession;
import dev.boundary.cli.work.RunReport;
import dev.boundary.cli.work.TenantTask;
import dev.boundary.core.registry.Tenant;
import dev.boundary.rls.internal.catalog.Installation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs a script inside each tenant, in its scope, on a connection of its own, as the application role. */
final class SqlTask implements TenantTask {

    private final DataSource rows;
    private final Installation installation;
    private final List<SqlSource.Located> script;
    private final boolean oneTransaction;
    private final boolean readOnly;
    private final RunReport report;
    private final Set<TenantSession> running = ConcurrentHashMap.newKeySet();

    SqlTask(
            DataSource rows,
            Installation installation,
            List<SqlSource.Located> script,
            boolean oneTransaction,
            boolean readOnly,
            RunReport report) {
        this.rows = rows;
        this.installation = installation;
        this.script = script;
        this.oneTransaction = oneTransaction;
        this.readOnly = readOnly;
        this.report = report;
    }

    @Override
    public void run(Tenant tenant) throws SQLException {
        try (Connection connection = rows.getConnection(); // closed also if it cannot become a session
                TenantSession session =
                        new TenantSession(connection, installation.sessionVariable(), tenant.key(), readOnly)) {
            running.add(session);
            try {
                StatementOutput output = new ToReport(tenant);
                if (oneTransaction) {
                    SqlRun.inOneTransaction(session, script, output);
                } else {
                    SqlRun.eachStatement(session, script, output);
                }
            } finally {
                running.remove(session);
            }
        }
    }

    @Override
    public void cancel() {
        for (TenantSession session : running) {
            try {
                session.cancel();
            } catch (SQLException e) {
                // The connection is about to be closed, which ends the statement too.
            }
        }
    }

    /** Hands on what statements give, with the tenant's name. */
    private final class ToReport implements StatementOutput {

        private final Tenant tenant;
        private List<String> columns = List.of();

        ToReport(Tenant tenant) {
            this.tenant = tenant;
        }

        @Override
        public void columns(List<String> names) {
            columns = names;
        }

        @Override
        public void row(List<? extends @Nullable Object> values) {
            report.row(tenant, columns, values);
        }

        @Override
        public void end() {
            columns = List.of();
        }

        @Override
        public void changed(String keyword, long rows) {
            report.statement(tenant, keyword, rows);
        }

        @Override
        public void notice(String message) {
            report.line(tenant, true, message);
        }
    }
}
