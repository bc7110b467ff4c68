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

/** The same for every tenant. */
@Command(
        name = "run-all",
        description = {
            "Runs a SQL script inside every tenant, or a program for every tenant. A failure for one tenant does not stop the"
                    + " rest; the exit code tells of it.",
            "",
            "A script runs as the application role, on a new connection and in one transaction for each tenant. A program finds"
                    + " its tenant in BOUNDARY_TENANT_KEY, BOUNDARY_TENANT_SLUG, BOUNDARY_TENANT_NAME,"
                    + " BOUNDARY_TENANT_STATE, BOUNDARY_TENANT_PLACEMENT and, if it has one, BOUNDARY_TENANT_REGION, and the rest of the environment as it"
                    + " is here; its standard input is empty, and what it leaves running is ended with it.",
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done for every tenant that was chosen",
            "1:failed for one or more tenants, or not begun for them",
            "2:the command line or a file cannot be used; nothing was begun",
            "3:the database cannot be reached, or the role sees more than one tenant; nothing was begun",
            "130:interrupted; what had begun was ended"
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
            description = "For how many tenants at once. Each takes a connection. Default: ${DEFAULT-VALUE}.")
    private int parallel = 1;

    @Option(names = "--stop-on-failure", description = "Begin with no more tenants after a failure.")
    private boolean stopOnFailure;

    @Option(
            names = "--each-statement",
            description = "Let each statement of the script commit, instead of one transaction for each tenant.")
    private boolean eachStatement;

    @Option(names = "--read-only", description = "Refuse statements that write.")
    private boolean readOnly;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "End a program that takes longer for one tenant. Default: as long as it likes.")
    private int timeout;

    @Option(names = "--dry-run", description = "Name the tenants and run nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Write one JSON object for each thing that happens, one on a line.")
    private boolean json;

    @Mixin
    private RowPlaces places = new RowPlaces();

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
        List<Tenant> tenants = selection.of(Registry.of(role).list(), EnumSet.of(TenantState.ACTIVE));
        TenantTask task = program.isEmpty() ? sql(role, script, tenants, report) : program(report);
        if (dryRun) {
            tenants.forEach(tenant -> out().println(json ? Json.of(Map.of("slug", tenant.slug())) : tenant.slug()));
            out().flush();
            err().println("For " + tenants.size() + " tenants; nothing was run.");
            return ExitCode.OK;
        }
        return new AllTenants(tenants, parallel, stopOnFailure, report).run(task);
    }

    private void checkOptions() {
        if (source.isGiven() == !program.isEmpty()) {
            throw new IllegalArgumentException("Say what to run: SQL (-c, -f), or a program after \"--\".");
        }
        if (parallel < 1 || timeout < 0) {
            throw new IllegalArgumentException("--parallel must be more than zero, and --timeout not less than it.");
        }
        if (source.isGiven() && timeout > 0) {
            throw new IllegalArgumentException(
                    "--timeout is for programs. In SQL, begin with: set local statement_timeout" + " = '10s'");
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
            SqlRun.checkWithoutTransactions(script);
        }
        return script;
    }

    private ProgramTask program(RunReport report) {
        return new ProgramTask(
                program, cliEnvironment().environment().getOrDefault("PATH", ""), Duration.ofSeconds(timeout), report);
    }

    /** Whoever may bypass policies is refused before anything runs, in every database. */
    private SqlTask sql(RoleDataSource role, List<SqlSource.Located> script, List<Tenant> tenants, RunReport report)
            throws SQLException {
        places.check(tenants, cliEnvironment());
        DataSource rows = application.rows(role, places, database, cliEnvironment());
        Installation installation = installation(role, role);
        if (rows instanceof RegionalDataSource regional) {
            for (String region : regional.regions()) {
                if (!installation(role, regional.in(region)).equals(installation)) {
                    throw CommandFailedException.database("Boundary is installed in region \"" + region
                            + "\" with another session variable or type of tenant key than in the database with the"
                            + " registry.");
                }
            }
        }
        return new SqlTask(rows, installation, script, !eachStatement, readOnly, report);
    }

    private static Installation installation(RoleDataSource role, DataSource rows) throws SQLException {
        try (Connection connection = rows.getConnection()) {
            Installation installation = InstallationReader.read(connection);
            ApplicationRole.check(connection, String.valueOf(role.role()));
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
