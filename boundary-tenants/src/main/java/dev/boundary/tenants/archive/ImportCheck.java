package dev.boundary.tenants.archive;

import dev.boundary.core.TenantKey;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.CatalogForeignKey;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.Findings;
import dev.boundary.tenants.internal.tables.TenantDataModel;
import dev.boundary.tenants.internal.tables.TenantDataTable;
import dev.boundary.tenants.internal.tables.TenantKeyColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What must hold of a tenant's rows before an import, and before it is committed. */
final class ImportCheck {

    private final Connection connection;
    private final TenantDataModel model;
    private final TenantKeyColumns keyColumns;
    private final TenantKey tenant;
    private final Map<TableName, Long> existing = new HashMap<>();

    ImportCheck(Connection connection, TenantDataModel model, TenantKeyColumns keyColumns, TenantKey tenant) {
        this.connection = connection;
        this.model = model;
        this.keyColumns = keyColumns;
        this.tenant = tenant;
    }

    void countExisting(boolean accepted) throws SQLException {
        for (TenantDataTable table : model.tables()) {
            existing.put(table.name(), model.count(connection, table, tenant));
        }
        if (!accepted) {
            requireNoRows();
        }
    }

    private void requireNoRows() {
        Map<String, Long> byTable = new HashMap<>();
        existing.forEach((table, rows) -> byTable.put(table.toString(), rows));
        RowCounts counts = new RowCounts(byTable).nonEmpty();
        if (counts.total() > 0) {
            throw new TenantDataException("Tenant " + tenant + " has rows already: " + counts
                    + ". Erase them first, or import beside them (withExistingRows).");
        }
    }

    void require(Map<TableName, TableImport> imports) throws SQLException {
        Findings findings = new Findings();
        for (TenantDataTable table : model.tables()) {
            checkCount(table, rowsFor(table, imports), findings);
        }
        for (CatalogForeignKey key : model.innerForeignKeys()) {
            if (imports.containsKey(key.table()) && !keyColumns.includedIn(key)) {
                checkReferences(key, findings);
            }
        }
        findings.requireNone("The rows of the archive cannot become tenant " + tenant + "'s, and nothing was imported");
    }

    private static long rowsFor(TenantDataTable table, Map<TableName, TableImport> imports) {
        TableImport target = imports.get(table.name());
        return target == null ? 0 : target.file().rows();
    }

    private void checkCount(TenantDataTable table, long imported, Findings findings) throws SQLException {
        long expected = existing.getOrDefault(table.name(), 0L) + imported;
        long actual = model.count(connection, table, tenant);
        if (actual != expected) {
            findings.add("Table " + table.name() + " has " + actual + " rows of the tenant instead of " + expected
                    + ": a trigger adds or removes rows, or someone else writes at the same time.");
        }
    }

    /** PostgreSQL checks foreign keys without policies: a row of another tenant would satisfy one. */
    private void checkReferences(CatalogForeignKey key, Findings findings) throws SQLException {
        long rows = Jdbc.number(connection, unseenTargets(key), tenant.asText());
        if (rows > 0) {
            findings.add(rows + " rows of table " + key.table() + " refer by foreign key " + key.name() + " to rows of "
                    + key.target() + " that the tenant does not see.");
        }
    }

    private String unseenTargets(CatalogForeignKey key) {
        TenantDataTable from = model.find(key.table()).orElseThrow();
        TenantDataTable to = model.find(key.target()).orElseThrow();
        return "select pg_catalog.count(*) from " + from.from() + " as boundary_t where "
                + model.ownedBy(from, "boundary_t") + " and " + refers(key) + " and not exists (select from "
                + to.from() + " as boundary_target where "
                + key.joinCondition("boundary_target", "boundary_t") + ")";
    }

    private static String refers(CatalogForeignKey key) {
        return key.columns().stream()
                .map(column -> "boundary_t." + Quoting.identifier(column) + " is distinct from null")
                .collect(Collectors.joining(" and "));
    }
}
