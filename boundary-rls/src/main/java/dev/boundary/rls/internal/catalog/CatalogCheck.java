package dev.boundary.rls.internal.catalog;

import java.util.List;

/**
 * A condition that rows of a table must satisfy: a check constraint, or the bounds of the table's partitions.
 * Immutable.
 *
 * @param name the constraint's name, unquoted, or {@link #PARTITION_BOUNDS}
 * @param expression the condition, as SQL over the columns
 * @param columns the columns in it
 */
public record CatalogCheck(String name, String expression, List<String> columns) {

    /** The name of the check that stands for the bounds of all partitions. */
    public static final String PARTITION_BOUNDS = "the bounds of the partitions";

    /** Copies the list. */
    public CatalogCheck {
        columns = List.copyOf(columns);
    }
}
