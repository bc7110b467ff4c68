package dev.boundary.rls.internal.catalog;

import dev.boundary.core.TableKind;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that Boundary's changes have protected: a row of {@code boundary.protected_table}. The table may be gone
 * since. Immutable.
 *
 * @param name the table
 * @param kind {@link TableKind#TENANT}, {@link TableKind#CHILD} or {@link TableKind#MIXED}
 * @param tenantColumn the column with the tenant key; null in a child
 * @param parent the table through which a child finds its tenant; null otherwise
 * @param childColumns the columns by which a child references its parent; empty otherwise
 * @param parentColumns the columns of the parent that it references, in the same order; empty otherwise
 */
public record ProtectedTable(
        TableName name,
        TableKind kind,
        @Nullable String tenantColumn,
        @Nullable TableName parent,
        List<String> childColumns,
        List<String> parentColumns) {

    private static final SqlFile SQL = SqlFile.of(ProtectedTable.class);

    /** Copies the lists. */
    public ProtectedTable {
        childColumns = List.copyOf(childColumns);
        parentColumns = List.copyOf(parentColumns);
    }

    /**
     * Reads all of them.
     *
     * @param connection a connection of a role that may read schema {@code boundary}; see {@link Installation#read}
     * @return the tables, sorted by schema and name; empty if none is protected
     * @throws SQLException if Boundary is not installed, or the database refuses
     */
    public static List<ProtectedTable> readAll(Connection connection) throws SQLException {
        return RowQuery.list(connection, SQL.text("protected-tables"), ProtectedTable::of);
    }

    private static ProtectedTable of(ResultSet row) throws SQLException {
        String parentSchema = row.getString(5);
        return new ProtectedTable(
                new TableName(row.getString(1), row.getString(2)),
                TableKind.valueOf(row.getString(3)),
                row.getString(4),
                parentSchema == null ? null : new TableName(parentSchema, row.getString(6)),
                RowQuery.names(row, 7),
                RowQuery.names(row, 8));
    }
}
