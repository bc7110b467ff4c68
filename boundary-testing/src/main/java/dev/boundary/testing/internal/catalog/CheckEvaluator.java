package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.internal.catalog.CatalogCheck;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks PostgreSQL whether values fit. Not safe for use by several threads. */
final class CheckEvaluator {

    private final Connection connection;
    private final Map<String, Boolean> readable = new HashMap<>();

    /** The connection must be in autocommit: a value that cannot be read is an error there, and the next one counts. */
    CheckEvaluator(Connection connection) {
        this.connection = connection;
    }

    /** Whether a text is a value of the column's type, of a domain's checks too. */
    boolean canRead(TypedColumn column, @Nullable String value) throws SQLException {
        String id = column.type().sql() + ":" + value;
        Boolean known = readable.get(id);
        if (known == null) {
            // The length keeps PostgreSQL from leaving the cast out.
            known = succeeds("select coalesce(length(cast(" + column.placeholder() + " as text)), 0) >= 0", value);
            readable.put(id, known);
        }
        return known;
    }

    /** Whether a row satisfies checks. */
    boolean holds(TypedTable table, List<CatalogCheck> checks, Map<String, @Nullable String> row) throws SQLException {
        List<String> columns = checks.stream()
                .flatMap(check -> check.columns().stream())
                .distinct()
                .toList();
        String values = columns.stream()
                .map(column -> table.column(column).placeholder() + " as " + Quoting.identifier(column))
                .collect(Collectors.joining(", "));
        String conditions = checks.stream()
                .map(check -> "(" + check.expression() + ") is not false")
                .collect(Collectors.joining(" and "));
        @Nullable Object[] bound = columns.stream().map(row::get).toArray();
        return succeeds(
                "select " + conditions + " from (select " + values + ") as "
                        + Quoting.identifier(table.name().table()),
                bound);
    }

    /** Whether a condition is true; false also if PostgreSQL cannot evaluate it with these values. */
    private boolean succeeds(String sql, @Nullable Object... values) throws SQLException {
        try {
            return "t".equals(Jdbc.value(connection, sql, values));
        } catch (SQLException e) {
            if (!connection.isValid(0)) {
                throw e;
            }
            return false; // this value does not fit; that is the answer
        }
    }
}
