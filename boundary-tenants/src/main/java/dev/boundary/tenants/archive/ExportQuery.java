package dev.boundary.tenants.archive;

import dev.boundary.core.TenantKey;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.tenants.internal.tables.Column;
import dev.boundary.tenants.internal.tables.TenantTable;
import dev.boundary.tenants.internal.tables.TenantTables;
import java.util.stream.Collectors;

/** The COPY statement that sends a tenant's rows of one table, each as one JSON object. */
final class ExportQuery {

    private ExportQuery() {}

    /**
     * In the order of the primary key, so that the same rows always make the same file. The tenant is named beside the
     * policies: two locks, and of a table with shared rows only the tenant's own. COPY takes no bind values.
     */
    static String of(TenantTables tables, TenantTable table, TenantKey tenant) {
        String row = unlikeAnyColumn(table);
        String key = tables.key(Quoting.literal(tenant.asText()));
        String rows = "select "
                + table.dataColumns().stream()
                        .map(column -> value(column) + " as " + Quoting.identifier(column.name()))
                        .collect(Collectors.joining(", "))
                + " from " + table.from() + " as boundary_t where " + tables.owned(table, "boundary_t", key);
        String objects = "select pg_catalog.row_to_json(" + row + ")::pg_catalog.text as line from (" + rows
                + order(table) + ") as " + row;
        return "copy ("
                + (table.primaryKey().isEmpty()
                        ? "select line from (" + objects + ") as lines order by line collate \"C\""
                        : objects)
                + ") to stdout with (format text, encoding 'UTF8')";
    }

    /** What JSON has no form for goes through the type's own output, which a cast to text is not for every type. */
    private static String value(Column column) {
        String name = "boundary_t." + Quoting.identifier(column.name());
        return column.kind() == Column.Kind.OTHER
                ? "case when " + name + " is distinct from null then pg_catalog.format('%s', " + name + ") end"
                : name;
    }

    private static String order(TenantTable table) {
        return table.primaryKey().isEmpty()
                ? ""
                : table.primaryKey().stream()
                        .map(name -> "boundary_t." + Quoting.identifier(name)
                                + (table.column(name).filter(Column::collatable).isPresent() ? " collate \"C\"" : ""))
                        .collect(Collectors.joining(", ", " order by ", ""));
    }

    /** A column of that name would be taken for the row. */
    private static String unlikeAnyColumn(TenantTable table) {
        String name = "boundary_row";
        while (table.column(name).isPresent()) {
            name += "_";
        }
        return name;
    }
}
