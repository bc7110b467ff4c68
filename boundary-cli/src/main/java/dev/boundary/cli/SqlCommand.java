package dev.boundary.cli;

import dev.boundary.cli.sql.StatementOutput;
import dev.boundary.cli.sql.TenantSession;
import dev.boundary.cli.text.RowFormat;
import dev.boundary.cli.text.SafeText;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.rls.internal.catalog.Installation;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs SQL inside one tenant, for operators. */
@Command(
        name = "sql",
        description = {
            "Runs SQL inside one tenant, as the application role: a prompt on a terminal, or a script.",
            "",
            "Before each statement the tenant is set again, and after it the setting is verified: COMMIT, ROLLBACK,"
                    + " RESET ALL, DISCARD ALL or set_config in one statement do not change what the next one sees. A"
                    + " statement that leaves the session in another tenant is rolled back. This guards against"
                    + " mistakes, not against the person at the keyboard: a single statement can set the variable, read"
                    + " another tenant's rows and set it back, because the application role may set it to anything.",
            "",
            "Each statement runs in its own transaction unless the script begins one. The first error ends a script.",
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all statements ran",
            "1:a statement failed, or there is no such tenant",
            "2:the command line or a file cannot be used",
            "3:the database cannot be reached, or the role sees more than one tenant"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  boundary sql acme",
            "  boundary sql acme -c \"select count(*) from booking\" --format json",
            "  boundary sql acme --single-transaction -f fix.sql",
        })
final class SqlCommand extends CliCommand {

    @Mixin
    private TenantArgument tenant = new TenantArgument();

    @Mixin
    private SqlSource source = new SqlSource();

    @Option(
            names = {"-1", "--single-transaction"},
            description = "Run the script in one transaction: all of it, or nothing.")
    private boolean singleTransaction;

    @Option(names = "--read-only", description = "Refuse statements that write.")
    private boolean readOnly;

    @Option(
            names = "--format",
            defaultValue = "table",
            description = "How rows are written: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private RowFormat format = RowFormat.TABLE;

    @Mixin
    private RegionOptions regions = new RegionOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private ApplicationOptions application = new ApplicationOptions();

    @Override
    public Integer call() throws SQLException, IOException {
        boolean prompt = !source.isGiven() && cliEnvironment().isInteractive();
        List<SqlSource.Located> script = prompt ? List.of() : script(cliEnvironment());
        if (singleTransaction) {
            ScriptRun.checkWithoutTransactions(script);
        }
        RoleDataSource role = application.dataSource(database, cliEnvironment());
        StatementOutput output = new ConsoleOutput(out(), err(), format);
        try (TenantSession session = open(role)) {
            if (prompt) {
                new SqlPrompt(cliEnvironment(), session, output, err(), name()).run();
            } else {
                new TenantScript(script, singleTransaction, readOnly).run(session, output);
            }
        }
        return ExitCode.OK;
    }

    private List<SqlSource.Located> script(CliEnvironment cliEnvironment) throws IOException {
        return source.isGiven() ? source.read(cliEnvironment) : SqlSource.readInput(cliEnvironment);
    }

    private TenantSession open(RoleDataSource role) throws SQLException {
        Optional<Tenant> found = find(role);
        Connection connection = connect(role, found);
        try {
            Installation installation = InstallationReader.read(connection);
            new ApplicationRole(connection, String.valueOf(role.role())).check();
            TenantKey key = found.map(Tenant::key).orElseGet(() -> tenant.key(installation.keyType()));
            return new TenantSession(connection, installation.sessionVariable(), key, readOnly);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** The tenant in the registry; empty if it is given by its key. */
    private Optional<Tenant> find(RoleDataSource role) throws SQLException {
        Optional<String> slug = tenant.slug();
        if (slug.isEmpty()) {
            return Optional.empty();
        }
        Tenant found = TenantLookup.as(role).find(slug.get());
        regions.check(found, cliEnvironment());
        if (found.state() != TenantState.ACTIVE) {
            err().println("Tenant " + found.slug() + " is " + found.state() + ".");
        }
        return Optional.of(found);
    }

    private Connection connect(RoleDataSource role, Optional<Tenant> found) throws SQLException {
        if (found.isEmpty()) {
            return role.getConnection();
        }
        DataSource rows = application.rows(role, regions, database, cliEnvironment());
        return TenantContext.where(found.get().scope()).call(rows::getConnection);
    }

    private String name() {
        return SafeText.line(tenant.slug().orElse("tenant"));
    }
}
