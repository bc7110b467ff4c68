package dev.boundary.cli;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.CreateTenantRegistry;
import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.InstallBoundary.LeakproofMode;
import dev.boundary.rls.InstallBoundary.MissingTenant;
import dev.boundary.rls.InstallBoundary.PredicateForm;
import dev.boundary.rls.RlsChange;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Prints the SQL that the Liquibase changes would run, for Flyway and for hand-written migrations. */
@Command(
        name = "script",
        description = "Prints the SQL that installs Boundary and protects tables. Needs no database.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "2:the command line cannot be used"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  boundary script --tenant booking=tenant_id --child line=booking_tenant,booking_id > install.sql",
            "  boundary script --tenant-key-type bigint --tenant booking=tenant_id --rollback",
        })
final class ScriptCommand extends CliCommand {

    @Mixin
    private TableOptions tables = new TableOptions();

    @Option(
            names = "--tenant-key-type",
            defaultValue = "uuid",
            description = "uuid, bigint, integer or text. Default: ${DEFAULT-VALUE}.")
    private String tenantKeyType = "uuid";

    @Option(
            names = "--session-variable",
            defaultValue = "app.current_tenant_id",
            description = "The setting that carries the tenant. Default: ${DEFAULT-VALUE}.")
    private String sessionVariable = "app.current_tenant_id";

    @Option(
            names = "--missing",
            defaultValue = "error",
            description = "Without a tenant: error or empty. Default: ${DEFAULT-VALUE}.")
    private String missing = "error";

    @Option(
            names = "--predicate",
            defaultValue = "pinned",
            description = "pinned or inline. Default: ${DEFAULT-VALUE}.")
    private String predicate = "pinned";

    @Option(
            names = "--leakproof",
            defaultValue = "auto",
            description = "auto, required or off. Default: ${DEFAULT-VALUE}.")
    private String leakproof = "auto";

    @Option(
            names = "--schema",
            defaultValue = "public",
            description = "The schema of the service. Default: ${DEFAULT-VALUE}.")
    private String schema = "public";

    @Option(names = "--app-role", defaultValue = "boundary_app", description = "Default: ${DEFAULT-VALUE}.")
    private String application = "boundary_app";

    @Mixin
    private RoleOptions roleOptions = new RoleOptions();

    @Option(
            names = "--partitioned",
            paramLabel = "TABLE",
            description = "One of these tables that is partitioned; its partitions are protected too.")
    private List<String> partitioned = new ArrayList<>();

    @Option(
            names = "--view",
            paramLabel = "VIEW",
            description = "A view on these tables; it will read with the rights of the caller. PostgreSQL 15 or later.")
    private List<String> views = new ArrayList<>();

    @Option(
            names = "--tables-only",
            description = "Protect the tables only: Boundary is installed, and its roles exist.")
    private boolean tablesOnly;

    @Option(names = "--tenant-registry", description = "Create the tables of the registry of tenants as well.")
    private boolean tenantRegistry;

    @Option(names = "--rollback", description = "Print the SQL that undoes all of it, last step first.")
    private boolean rollback;

    @Override
    public Integer call() {
        PrintWriter out = out();
        List<RlsChange> changes = changes();
        out.println("-- Run as the role that owns the tables, in psql or a migration tool.");
        out.println("begin;");
        for (RlsChange change : rollback ? changes.reversed() : changes) {
            out.println("\n-- " + change.name() + " " + change.object().replaceAll("\\R", " "));
            (rollback ? change.rollback() : change.apply()).forEach(statement -> out.println(statement.strip() + ";"));
        }
        out.println("\ncommit;");
        out.flush();
        return ExitCode.OK;
    }

    private List<RlsChange> changes() {
        RoleNames roles = new RoleNames(roleOptions.owner(), application, roleOptions.admin());
        List<RlsChange> changes = new ArrayList<>();
        if (!tablesOnly) {
            changes.add(installation());
            changes.add(new CreateBoundaryRoles(roles, schema));
        }
        if (tenantRegistry) {
            changes.add(new CreateTenantRegistry(roles));
        }
        changes.addAll(tableChanges(roles));
        return changes;
    }

    private InstallBoundary installation() {
        return new InstallBoundary(
                TenantKeyType.ofSqlName(tenantKeyType),
                new SessionVariable(sessionVariable),
                MissingTenant.of(missing),
                PredicateForm.of(predicate),
                LeakproofMode.of(leakproof));
    }

    private List<RlsChange> tableChanges(RoleNames roles) {
        Set<TablePrivilege> all = TablePrivilege.ALL;
        List<RlsChange> changes = new ArrayList<>();
        rows().forEach((table, rows) -> changes.add(TableChanges.protectTable(table, rows, roles, all)));
        views.forEach(view -> changes.add(TableChanges.protectView(TableOptions.table(view), roles, all)));
        tables.global()
                .forEach(table ->
                        changes.add(TableChanges.grantGlobalTable(table, roles, Set.of(TablePrivilege.SELECT))));
        return changes;
    }

    private Map<TableName, TableRows> rows() {
        Map<TableName, TableRows> rows = new LinkedHashMap<>();
        tables.tenant().forEach((table, column) -> rows.put(table, TableRows.byTenantColumn(column)));
        tables.mixed().forEach((table, column) -> rows.put(table, TableRows.mixed(column)));
        tables.child().forEach((table, columns) -> rows.put(table, TableRows.byForeignKey(columns)));
        partitioned().forEach(table -> rows.computeIfPresent(table, (name, ordinary) -> ordinary.inPartitions()));
        return rows;
    }

    private Set<TableName> partitioned() {
        Set<TableName> names = partitioned.stream().map(TableOptions::table).collect(Collectors.toSet());
        Set<TableName> unknown = new HashSet<>(names);
        unknown.removeAll(tables.tenant().keySet());
        unknown.removeAll(tables.mixed().keySet());
        unknown.removeAll(tables.child().keySet());
        if (!unknown.isEmpty()) {
            throw new ParameterException(
                    spec().commandLine(),
                    "--partitioned names " + unknown + ", which is none of the tables given with --tenant, --mixed or"
                            + " --child.");
        }
        return names;
    }
}
