package dev.boundary.testing;

import dev.boundary.rls.TableName;
import dev.boundary.testing.internal.catalog.RowOverride;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Values for columns of generated rows, where types, checks and foreign keys do not say enough.
 * Not safe for use by several threads.
 *
 * @since 0.1
 */
public final class CanaryRows {

    private final Map<String, LongFunction<String>> values = new HashMap<>();

    CanaryRows() {}

    /**
     * Sets how to fill a column.
     *
     * @param table the table's name, with its schema if that is not {@code public}: {@code "booking"},
     *     {@code "app.booking"}
     * @param column the column's name, unquoted
     * @param value returns the text form of a value for a number that differs from row to row
     * @return this
     */
    public CanaryRows column(String table, String column, LongFunction<String> value) {
        values.put((table.contains(".") ? table : "public." + table) + "#" + column, value);
        return this;
    }

    RowOverride override() {
        Map<String, LongFunction<String>> copy = Map.copyOf(values);
        return (table, column, n) -> value(copy, table, column, n);
    }

    private static @Nullable String value(
            Map<String, LongFunction<String>> values, TableName table, String column, long n) {
        LongFunction<String> value = values.get(table + "#" + column);
        return value == null ? null : value.apply(n);
    }
}
