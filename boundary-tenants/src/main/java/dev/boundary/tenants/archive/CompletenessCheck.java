package dev.boundary.tenants.archive;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.tenants.internal.tables.Findings;
import dev.boundary.tenants.internal.tables.RoleRequirements;
import dev.boundary.tenants.internal.tables.ScopedTransactions;
import dev.boundary.tenants.internal.tables.TenantDataModel;
import dev.boundary.tenants.internal.tables.TenantDataTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Compares what was exported with what a role that sees every row counts in the same snapshot. */
final class CompletenessCheck {

    private final TenantDataModel model;
    private final TenantScope scope;

    CompletenessCheck(TenantDataModel model, TenantScope scope) {
        this.model = model;
        this.scope = scope;
    }

    void requireSame(Connection application, DataSource admin, Manifest manifest) throws SQLException {
        String snapshot = Objects.requireNonNull(Jdbc.value(application, "select pg_catalog.pg_export_snapshot()"));
        new ScopedTransactions(admin)
                .unscoped("count the rows for the export of tenant " + scope.tenant(), scope.region(), connection -> {
                    Jdbc.run(connection, "set transaction snapshot " + Quoting.literal(snapshot));
                    RoleRequirements.requireAdmin(connection, model);
                    return compare(connection, manifest);
                })
                .requireNone("The export of tenant " + scope.tenant()
                        + " would be incomplete. Look for policies of your own, and export as a role that sees all the"
                        + " tenant's rows");
    }

    private Findings compare(Connection connection, Manifest manifest) throws SQLException {
        Findings findings = new Findings();
        Map<TableName, Long> exports = exports(manifest);
        for (TenantDataTable table : model.tables()) {
            long actual = model.count(connection, table, scope.tenant());
            long exported = exports.getOrDefault(table.name(), 0L);
            if (actual != exported) {
                findings.add("Table " + table.name() + " has " + actual + " rows of the tenant, and the application"
                        + " role sees " + exported + ".");
            }
        }
        return findings;
    }

    private static Map<TableName, Long> exports(Manifest manifest) {
        return manifest.tables().stream()
                .collect(Collectors.toMap(file -> new TableName(file.schema(), file.name()), Manifest.TableFile::rows));
    }
}
