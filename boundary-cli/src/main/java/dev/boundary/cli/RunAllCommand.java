package dev.boundary.cli;

import dev.boundary.cli.text.Json;
import dev.boundary.cli.text.ProgressBar;
import dev.boundary.cli.work.JsonReport;
import dev.boundary.cli.work.ProgramTask;
import dev.boundary.cli.work.RunReport;
import dev.boundary.cli.work.TenantTask;
import dev.boundary.cli.work.TextReport;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.rls.internal.catalog.Installation;
import dev.boundary.routing.RegionalDataSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a script or a program for each of many tenants. */
@Command(
        name = "run-all",
        description = {
            "Runs a SQL script inside every tenant, or a program for every tenant. A failure for one tenant does not"
                    + " stop the others; the exit code reports it.",
            "",
            "A script runs as the application role, on a new connection and in one transaction for each tenant. A"
                    + " program finds its tenant in BOUNDARY_TENANT_KEY, BOUNDARY_TENANT_SLUG, BOUNDARY_TENANT_NAME,"
                    + " BOUNDARY_TENANT_STATE, BOUNDARY_TENANT_PLACEMENT and, if it has one, BOUNDARY_TENANT_REGION."
                    + " Otherwise it inherits this environment. Its standard input is empty, and processes that it"
                    + " leaves running are ended.",
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done for every selected tenant",
            "1:failed for one or more tenants, or not started for them",
            "2:the command line or a file cannot be used; nothing was started",
            "3:the database cannot be reached, or the role sees more than one tenant; nothing was started",
            "130:interrupted; what had started was ended"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  boundary run-all -c \"select count(*) from booking\"",
            "  boundary run-all -f fill.sql --parallel 4 --region eu --exclude acme --stop-on-failure",
            "  boundary run-all --state active,suspended --json -- ./report.sh --monthly",
            "  boundary run-all -f fill.sql --dry-run",
        })
final class RunAllCommand extends CliCommand {

    @Mixin
    private SqlSource source = new SqlSource();

    @Parameters(
            arity = "0..*",
            paramLabel = "PROGRAM",
            description = "A program and its arguments, after \"--\", instead of SQL.")
    private List<String> program = List.of();

    @Mixin
    private TenantSelection selection = new TenantSelection();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many tenants at once; each takes a connection. Default: ${DEFAULT-VALUE}.")
    private int parallel = 1;

    @Option(names = "--stop-on-failure", description = "Start no further tenant after a failure.")
    private boolean stopOnFailure;

    @Option(
            names = "--each-statement",
            description = "Commit each statement of the script, instead of one transaction for each tenant.")
    private boolean eachStatement;

    @Option(names = "--read-only", description = "Refuse statements that write.")
    private boolean readOnly;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "End a program that takes longer for one tenant. Default: no limit.")
    private int timeout;

    @Option(names = "--dry-run", description = "List the tenants and run nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Write one JSON object for each event, one on a line.")
    private boolean json;

    @Mixin
    private RegionOptions regions = new RegionOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private ApplicationOptions application = new ApplicationOptions();

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        checkOptions();
        List<SqlSource.Located> script = script();
        RoleDataSource role = application.dataSource(database, cliEnvironment());
        RunReport report = report();
        List<Tenant> tenants = selection.select(TenantLookup.as(role).all(), EnumSet.of(TenantState.ACTIVE));
        TenantTask task = program.isEmpty() ? sql(role, script, tenants, report) : program(report);
        return dryRun ? list(tenants) : new TenantTaskRunner(tenants, parallel, stopOnFailure, report).run(task);
    }

    private int list(List<Tenant> tenants) {
        tenants.forEach(tenant -> out().println(json ? Json.of(Map.of("slug", tenant.slug())) : tenant.slug()));
        out().flush();
        err().println("For " + tenants.size() + " tenants; nothing was run.");
        return ExitCode.OK;
    }

    private void checkOptions() {
        if (source.isGiven() == !program.isEmpty()) {
            throw new IllegalArgumentException("Say what to run: SQL (-c, -f), or a program after \"--\".");
        }
        if (parallel < 1 || timeout < 0) {
            throw new IllegalArgumentException("--parallel must be at least 1, and --timeout at least 0.");
        }
        if (source.isGiven() && timeout > 0) {
            throw new IllegalArgumentException(
                    "--timeout is for programs. In SQL, begin with: set local statement_timeout = '10s'");
        }
        if (!source.isGiven() && (readOnly || eachStatement)) {
            throw new IllegalArgumentException("--read-only and --each-statement are for SQL, not for programs.");
        }
    }

    private List<SqlSource.Located> script() throws IOException {
        if (!source.isGiven()) {
            return List.of();
        }
        List<SqlSource.Located> script = source.read(cliEnvironment());
        if (!eachStatement) {
            ScriptRun.checkWithoutTransactions(script);
        }
        return script;
    }

    private ProgramTask program(RunReport report) {
        return new ProgramTask(
                program, cliEnvironment().environment().getOrDefault("PATH", ""), Duration.ofSeconds(timeout), report);
    }

    /** A role that can bypass policies is refused before anything runs, in every database. */
    private SqlTask sql(RoleDataSource role, List<SqlSource.Located> script, List<Tenant> tenants, RunReport report)
            throws SQLException {
        regions.check(tenants, cliEnvironment());
        DataSource rows = application.rows(role, regions, database, cliEnvironment());
        Installation installation = installation(role, role);
        if (rows instanceof RegionalDataSource regional) {
            checkRegions(role, regional, installation);
        }
        return new SqlTask(rows, installation, new TenantScript(script, !eachStatement, readOnly), report);
    }

    private static void checkRegions(RoleDataSource role, RegionalDataSource regional, Installation installation)
            throws SQLException {
        for (String region : regional.regions()) {
            if (!installation(role, regional.in(region)).equals(installation)) {
                throw CommandFailedException.database("Boundary is installed in region \"" + region
                        + "\" with another session variable or type of tenant key than in the database with the"
                        + " registry.");
            }
        }
    }

    private static Installation installation(RoleDataSource role, DataSource rows) throws SQLException {
        try (Connection connection = rows.getConnection()) {
            Installation installation = InstallationReader.read(connection);
            new ApplicationRole(connection, String.valueOf(role.role())).check();
            return installation;
        }
    }

    private RunReport report() {
        PrintWriter out = out();
        return json
                ? new JsonReport(out)
                : new TextReport(
                        out, err(), new ProgressBar(err(), cliEnvironment().hasTerminalOnErr()));
    }
}
