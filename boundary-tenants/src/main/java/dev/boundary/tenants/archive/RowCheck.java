package dev.boundary.tenants.archive;

import dev.boundary.core.TenantScope;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.Access;
import dev.boundary.tenants.internal.tables.TenantTable;
import dev.boundary.tenants.internal.tables.TenantTables;
import dev.boundary.tenants.internal.tables.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Compares what was exported with what a role that sees every row counts at the same moment. */
final class RowCheck {

    private final TenantTables tables;
    private final TenantScope scope;

    RowCheck(TenantTables tables, TenantScope scope) {
        this.tables = tables;
        this.scope = scope;
    }

    void requireSame(Connection application, DataSource admin, Manifest manifest) throws SQLException {
        String snapshot = Objects.requireNonNull(Jdbc.rows(application, "select pg_catalog.pg_export_snapshot()")
                .getFirst()
                .getFirst());
        List<String> findings = Transactions.unscoped(
                admin,
                "count what the export of tenant " + scope.tenant() + " must hold",
                scope.region(),
                connection -> {
                    Jdbc.run(connection, "set transaction snapshot " + Quoting.literal(snapshot));
                    Access.requireAdmin(connection, tables);
                    return compare(connection, manifest);
                });
        if (!findings.isEmpty()) {
            throw new TenantDataException(
                    "The export of tenant " + scope.tenant() + " would not be whole. Look for policies of your own, and"
                            + " export as a role that sees all the tenant's rows",
                    findings);
        }
    }

    private List<String> compare(Connection connection, Manifest manifest) throws SQLException {
        List<String> findings = new ArrayList<>();
        Map<TableName, Long> exports = manifest.tables().stream()
                .collect(Collectors.toMap(file -> new TableName(file.schema(), file.name()), Manifest.TableFile::rows));
        for (TenantTable table : tables.tables()) {
            long there = tables.count(connection, table, scope.tenant());
            long exported = exports.getOrDefault(table.name(), 0L);
            if (there != exported) {
                findings.add("Table " + table.name() + " has " + there + " rows of the tenant, and the application"
                        + " role sees " + exported + ".");
            }
        }
        return findings;
    }
}
