package dev.boundary.testing.internal.catalog;

import org.jspecify.annotations.Nullable;

/** Says what a row maker shall put into columns that it cannot guess. */
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
     * @return the value as PostgreSQL's input function reads it, or null to let the row maker guess
     */
    @Nullable
    String value(QualifiedName table, String column, long n);
}
