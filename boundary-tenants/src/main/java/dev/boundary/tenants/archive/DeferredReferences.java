package dev.boundary.tenants.archive;

import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.rls.internal.sql.SqlFile;
import dev.boundary.tenants.internal.tables.Findings;
import dev.boundary.tenants.internal.tables.TenantDataTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Columns that are inserted as null and set when all rows are there, because their foreign keys are checked at once and
 * form a cycle between tables. Immutable.
 *
 * @param order the tables, each after those it references by other foreign keys
 * @param columns the columns of each table that has any
 */
record DeferredReferences(List<TenantDataTable> order, Map<TableName, Set<String>> columns) {

    private static final SqlFile SQL = SqlFile.of(DeferredReferences.class);

    boolean concern(TenantDataTable table) {
        return columns.containsKey(table.name());
    }

    /** The deferred columns of a table that the archive has. */
    List<String> columnsOf(TableImport target) {
        return columns.getOrDefault(target.table().name(), Set.of()).stream()
                .filter(name -> target.position(name) >= 0)
                .toList();
    }

    void requirePrivileges(Connection connection) throws SQLException {
        Findings findings = new Findings();
        for (Map.Entry<TableName, Set<String>> entry : columns.entrySet()) {
            for (String column : entry.getValue()) {
                if (!canUpdate(connection, entry.getKey(), column)) {
                    findings.add(notUpdatable(entry.getKey(), column));
                }
            }
        }
        findings.requireNone("Tables that reference each other in a cycle cannot be imported");
    }

    private static String notUpdatable(TableName table, String column) {
        return "Column \"" + column + "\" of table " + table + " must be set after the rows it references are there,"
                + " and this role may not update it. Run: grant update (" + Quoting.identifier(column) + ") on "
                + table.quoted() + " to the role";
    }

    private static boolean canUpdate(Connection connection, TableName table, String column) throws SQLException {
        return "t".equals(Jdbc.value(connection, SQL.text("can-update"), table.quoted(), column));
    }

    /** The row without its deferred values. */
    @Nullable
    String[] cleared(TableImport target, @Nullable String[] row) {
        if (!concern(target.table())) {
            return row;
        }
        @Nullable String[] cleared = row.clone();
        for (int position : target.positions(columnsOf(target))) {
            cleared[position] = null;
        }
        return cleared;
    }
}
