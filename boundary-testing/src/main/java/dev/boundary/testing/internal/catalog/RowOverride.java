package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.TableName;
import org.jspecify.annotations.Nullable;

/** Supplies values for columns that the row generator cannot guess. */
@FunctionalInterface
public interface RowOverride {

    /** Nothing is overridden. */
    RowOverride NONE = (table, column, n) -> null;

    /**
     * A value for a column.
     *
     * @param table the table
     * @param column the column's name, unquoted
     * @param n a number that differs from row to row
     * @return the value as PostgreSQL's input function reads it, or null to let the generator guess
     */
    @Nullable
    String value(TableName table, String column, long n);
}
