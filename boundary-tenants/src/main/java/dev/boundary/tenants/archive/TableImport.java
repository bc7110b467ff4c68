package dev.boundary.tenants.archive;

import dev.boundary.tenants.internal.tables.Column;
import dev.boundary.tenants.internal.tables.TenantTable;
import java.util.List;

/**
 * A file and the table that its rows go to.
 *
 * @param file the file
 * @param table the table of this database
 * @param columns the table's columns, in the order of the file's
 */
record TableImport(Manifest.TableFile file, TenantTable table, List<Column> columns) {

    int position(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        return -1;
    }

    int[] positions(List<String> names) {
        return names.stream().mapToInt(this::position).toArray();
    }
}
