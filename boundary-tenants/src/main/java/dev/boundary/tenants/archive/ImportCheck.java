package dev.boundary.tenants.archive;

import dev.boundary.core.TenantKey;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.Carriers;
import dev.boundary.tenants.internal.tables.ForeignKey;
import dev.boundary.tenants.internal.tables.TenantTable;
import dev.boundary.tenants.internal.tables.TenantTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What must hold when all rows are in, before they are committed. */
final class ImportCheck {

    private final Connection connection;
    private final TenantTables tables;
    private final Carriers carriers;
    private final TenantKey tenant;

    ImportCheck(Connection connection, TenantTables tables, Carriers carriers, TenantKey tenant) {
        this.connection = connection;
        this.tables = tables;
        this.carriers = carriers;
        this.tenant = tenant;
    }

    void require(Map<TableName, Long> existing, Map<TableName, TableImport> imports) throws SQLException {
        List<String> findings = new ArrayList<>();
        for (TenantTable table : tables.tables()) {
            TableImport target = imports.get(table.name());
            long expected = existing.getOrDefault(table.name(), 0L)
                    + (target == null ? 0 : target.file().rows());
            long there = tables.count(connection, table, tenant);
            if (there != expected) {
                findings.add("Table " + table.name() + " has " + there + " rows of the tenant instead of " + expected
                        + ": a trigger adds or removes rows, or somebody writes meanwhile.");
            }
        }
        for (ForeignKey key : tables.innerForeignKeys()) {
            if (imports.containsKey(key.table()) && !carriers.joins(key)) {
                addStrays(key, findings);
            }
        }
        if (!findings.isEmpty()) {
            throw new TenantDataException(
                    "The rows of the archive cannot be tenant " + tenant + "'s, and nothing was imported", findings);
        }
    }

    /** Foreign keys are checked past the policies: a row of another tenant would satisfy one. */
    private void addStrays(ForeignKey key, List<String> findings) throws SQLException {
        TenantTable from = tables.find(key.table()).orElseThrow();
        TenantTable to = tables.find(key.target()).orElseThrow();
        String refers = key.columns().stream()
                .map(column -> "boundary_t." + Quoting.identifier(column) + " is distinct from null")
                .collect(Collectors.joining(" and "));
        long strays = Jdbc.number(
                connection,
                "select pg_catalog.count(*) from " + from.from() + " as boundary_t where "
                        + tables.owned(from, "boundary_t", tables.key("?")) + " and " + refers
                        + " and not exists (select from " + to.from() + " as boundary_target where "
                        + key.joins("boundary_target", "boundary_t") + ")",
                tenant.asText());
        if (strays > 0) {
            findings.add(strays + " rows of table " + from.name() + " refer by foreign key " + key.name()
                    + " to rows of " + to.name() + " that the tenant does not see.");
        }
    }
}
