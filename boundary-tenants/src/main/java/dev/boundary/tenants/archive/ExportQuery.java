package dev.boundary.tenants.archive;

import dev.boundary.core.TenantKey;
import dev.boundary.rls.internal.catalog.CatalogColumn;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.tenants.internal.tables.TenantDataModel;
import dev.boundary.tenants.internal.tables.TenantDataTable;
import java.util.Set;
import java.util.stream.Collectors;

/** The COPY statement that sends a tenant's rows of one table, each as one JSON object. */
final class ExportQuery {

    /** The types that {@code row_to_json} writes so that they can be read back; others are written as texts. */
    private static final Set<String> JSON_TYPES = Set.of(
            "smallint",
            "integer",
            "bigint",
            "real",
            "double precision",
            "numeric",
            "boolean",
            "text",
            "character varying",
            "character",
            "uuid");

    private ExportQuery() {}

    /**
     * In the order of the primary key, so that the same rows always make the same file. The condition names the tenant
     * in addition to the policies; of a table with shared rows it selects only the tenant's own. COPY takes no
     * parameters.
     */
    static String of(TenantDataModel model, TenantDataTable table, TenantKey tenant) {
        String row = unlikeAnyColumn(table);
        String rows = "select " + values(table) + " from " + table.from() + " as boundary_t where "
                + model.ownedBy(table, "boundary_t", tenant) + order(table);
        String objects =
                "select pg_catalog.row_to_json(" + row + ")::pg_catalog.text as line from (" + rows + ") as " + row;
        return "copy (" + (table.primaryKey().isEmpty() ? sorted(objects) : objects)
                + ") to stdout with (format text, encoding 'UTF8')";
    }

    private static String values(TenantDataTable table) {
        return table.dataColumns().stream()
                .map(column -> value(column) + " as " + Quoting.identifier(column.name()))
                .collect(Collectors.joining(", "));
    }

    /**
     * What JSON has no form for goes through the type's output function, which a cast to text is not for every type.
     */
    private static String value(CatalogColumn column) {
        String name = "boundary_t." + Quoting.identifier(column.name());
        return JSON_TYPES.contains(column.type().base()) ? name : formatted(name);
    }

    private static String formatted(String name) {
        return "case when " + name + " is distinct from null then pg_catalog.format('%s', " + name + ") end";
    }

    private static String order(TenantDataTable table) {
        return table.primaryKey().isEmpty()
                ? ""
                : table.primaryKey().stream()
                        .map(name -> order(table, name))
                        .collect(Collectors.joining(", ", " order by ", ""));
    }

    private static String order(TenantDataTable table, String column) {
        boolean collatable =
                table.column(column).filter(CatalogColumn::collatable).isPresent();
        return "boundary_t." + Quoting.identifier(column) + (collatable ? " collate \"C\"" : "");
    }

    private static String sorted(String objects) {
        return "select line from (" + objects + ") as lines order by line collate \"C\"";
    }

    /** A column of that name would be taken for the row. */
    private static String unlikeAnyColumn(TenantDataTable table) {
        String name = "boundary_row";
        while (table.column(name).isPresent()) {
            name += "_";
        }
        return name;
    }
}
