package dev.boundary.tenants.archive;

import dev.boundary.rls.internal.catalog.CatalogColumn;
import dev.boundary.tenants.internal.tables.TenantDataTable;
import java.util.List;

/**
 * A file and the table that its rows go to. Immutable.
 *
 * @param file the file
 * @param table the table of this database
 * @param columns the table's columns, in the order of the file's
 */
record TableImport(Manifest.TableFile file, TenantDataTable table, List<CatalogColumn> columns) {

    /** Whether the file has a column, which need not fit that of the table. */
    boolean hasColumn(String column) {
        return file.columns().stream().anyMatch(archived -> archived.name().equals(column));
    }

    /** The position of a column in the rows of the file, or -1 if the file does not have it. */
    int position(String column) {
        return columns.stream().map(CatalogColumn::name).toList().indexOf(column);
    }

    int[] positions(List<String> names) {
        return names.stream().mapToInt(this::position).toArray();
    }

    /** The value of an integer column. */
    long number(CatalogColumn column, String value, long line) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw DamagedArchive.file(file, "line " + line + " has no integer in column \"" + column.name() + "\"", e);
        }
    }

    /** How many rows the file has from a line on, that line included. */
    long rowsFrom(long line) {
        return file.rows() - line + 1;
    }
}
