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

/** Runs a script inside each tenant, in its scope, on its own connection, as the application role. */
final class SqlTask implements TenantTask {

    private final DataSource rows;
    private final Installation installation;
    private final TenantScript script;
    private final RunReport report;
    private final Set<TenantSession> running = ConcurrentHashMap.newKeySet();

    SqlTask(DataSource rows, Installation installation, TenantScript script, RunReport report) {
        this.rows = rows;
        this.installation = installation;
        this.script = script;
        this.report = report;
    }

    @Override
    public void run(Tenant tenant) throws SQLException {
        try (Connection connection = rows.getConnection(); // closed also if it cannot become a session
                TenantSession session = open(connection, tenant)) {
            running.add(session);
            try {
                script.run(session, new ReportedOutput(tenant));
            } finally {
                running.remove(session);
            }
        }
    }

    private TenantSession open(Connection connection, Tenant tenant) throws SQLException {
        return new TenantSession(connection, installation.sessionVariable(), tenant.key(), script.readOnly());
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

    /** Reports the results of statements together with their tenant. */
    private final class ReportedOutput implements StatementOutput {

        private final Tenant tenant;
        private List<String> columns = List.of();

        ReportedOutput(Tenant tenant) {
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
