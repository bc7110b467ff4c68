package dev.boundary.cli;

import dev.boundary.cli.text.RowFormat;
import dev.boundary.cli.text.RowWriter;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists tenants. */
@Command(
        name = "list",
        description =
                "Lists the tenants of the registry, in all states unless --state says otherwise. Changes nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:listed",
            "2:the command line cannot be used",
            "3:the database cannot be reached, or has no registry"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  boundary list",
            "  boundary list --state active,suspended --region eu --format json",
            "  boundary list --format csv > tenants.csv",
        })
final class ListCommand extends CliCommand {

    private static final List<String> COLUMNS = List.of("slug", "key", "name", "region", "state", "attributes");

    @Mixin
    private TenantSelection selection = new TenantSelection();

    @Option(
            names = "--format",
            defaultValue = "table",
            description = "How tenants are written: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private RowFormat format = RowFormat.TABLE;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Override
    public Integer call() throws SQLException {
        RoleDataSource role = admin.dataSource(database, cliEnvironment()).readOnly();
        List<Tenant> tenants = selection.select(TenantLookup.as(role).all(), EnumSet.allOf(TenantState.class));
        RowWriter writer = new RowWriter(out(), format, COLUMNS);
        tenants.forEach(tenant -> writer.row(values(tenant)));
        writer.end();
        return ExitCode.OK;
    }

    private static List<@Nullable Object> values(Tenant tenant) {
        return Arrays.asList(
                tenant.slug().value(),
                tenant.key().value(),
                tenant.name(),
                tenant.region().orElse(null),
                tenant.state().name().toLowerCase(Locale.ROOT),
                new TreeMap<>(tenant.attributes()));
    }
}
