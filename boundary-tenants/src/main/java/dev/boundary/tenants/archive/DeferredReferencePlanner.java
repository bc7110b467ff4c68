package dev.boundary.tenants.archive;

import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.CatalogColumn;
import dev.boundary.rls.internal.catalog.CatalogForeignKey;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.TenantDataModel;
import dev.boundary.tenants.internal.tables.TenantDataTable;
import dev.boundary.tenants.internal.tables.TenantKeyColumns;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds an order in which the tables of an archive can be imported, and the references that must wait for it. */
final class DeferredReferencePlanner {

    private final TenantDataModel model;
    private final TenantKeyColumns keyColumns;
    private final Set<TableName> imported;
    private final Set<CatalogForeignKey> deferred = new HashSet<>();

    DeferredReferencePlanner(TenantDataModel model, TenantKeyColumns keyColumns, Set<TableName> imported) {
        this.model = model;
        this.keyColumns = keyColumns;
        this.imported = imported;
    }

    /** Refused if a cycle has no column that may be null. */
    DeferredReferences plan() {
        for (List<TenantDataTable> cycle : cycles(model.groups(this::binds))) {
            cycle.forEach(table -> deferWithin(cycle, table));
        }
        List<List<TenantDataTable>> order = model.groups(this::binds);
        cycles(order).forEach(DeferredReferencePlanner::refuse);
        return new DeferredReferences(order.stream().flatMap(List::stream).toList(), columns());
    }

    /** Whether PostgreSQL checks the foreign key at once, between tables with rows to import. */
    private boolean binds(CatalogForeignKey key) {
        return !key.deferrable()
                && !deferred.contains(key)
                && imported.contains(key.table())
                && imported.contains(key.target());
    }

    private static List<List<TenantDataTable>> cycles(List<List<TenantDataTable>> groups) {
        return groups.stream().filter(group -> group.size() > 1).toList();
    }

    private void deferWithin(List<TenantDataTable> cycle, TenantDataTable table) {
        table.foreignKeys().stream()
                .filter(this::binds)
                .filter(key -> !key.isSelfReference()
                        && cycle.stream().anyMatch(other -> other.name().equals(key.target())))
                .filter(key -> !nullable(table, key).isEmpty())
                .forEach(deferred::add);
    }

    private static void refuse(List<TenantDataTable> cycle) {
        throw new TenantDataException("The foreign keys of the tables "
                + cycle.stream().map(table -> table.name().toString()).toList()
                + " form a cycle, so none of them can be imported first: no foreign key among them is"
                + " deferrable or has a nullable column in a table with a primary key. Run: alter table ..."
                + " alter constraint ... deferrable");
    }

    private Map<TableName, Set<String>> columns() {
        Map<TableName, Set<String>> columns = new HashMap<>();
        for (CatalogForeignKey key : deferred) {
            columns.computeIfAbsent(key.table(), name -> new TreeSet<>())
                    .addAll(nullable(model.find(key.table()).orElseThrow(), key));
        }
        return columns;
    }

    private List<String> nullable(TenantDataTable table, CatalogForeignKey key) {
        List<String> free = key.columns().stream()
                .filter(name -> !keyColumns.contains(table.name(), name))
                .filter(name -> !table.primaryKey().contains(name))
                .filter(name -> !table.column(name).map(CatalogColumn::notNull).orElse(true))
                .toList();
        boolean enough = !key.matchFull() || free.size() == key.columns().size();
        return enough && !table.primaryKey().isEmpty() ? free : List.of();
    }
}
