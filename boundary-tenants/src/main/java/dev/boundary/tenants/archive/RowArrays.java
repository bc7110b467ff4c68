package dev.boundary.tenants.archive;

import dev.boundary.rls.internal.catalog.CatalogColumn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows in SQL as the table {@code r} with text columns {@code c0}, {@code c1} ..., one array parameter for each column.
 */
final class RowArrays {

    private RowArrays() {}

    /** The table in FROM. */
    static String from(int columns) {
        String arrays = each(columns, i -> "pg_catalog.unnest(?::pg_catalog.text[])");
        return "rows from (" + arrays + ") as r(" + each(columns, i -> "c" + i) + ")";
    }

    private static String each(int columns, IntFunction<String> sql) {
        return IntStream.range(0, columns).mapToObj(sql).collect(Collectors.joining(", "));
    }

    /** A value, without length and precision: a cast truncates what is too long, an assignment rejects it. */
    static String value(CatalogColumn column, int i) {
        return "r.c" + i + "::" + column.type().castSql();
    }

    static void bind(PreparedStatement statement, List<@Nullable String[]> rows, int columns) throws SQLException {
        Connection connection = statement.getConnection();
        for (int i = 0; i < columns; i++) {
            @Nullable Object[] values = new @Nullable Object[rows.size()];
            for (int row = 0; row < values.length; row++) {
                values[row] = rows.get(row)[i];
            }
            statement.setArray(i + 1, connection.createArrayOf("text", values));
        }
    }
}
