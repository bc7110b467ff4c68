package dev.boundary.testing.internal.catalog;

import java.util.List;

/**
 * What a row must satisfy: a check constraint, or the bounds of a table's partitions.
 *
 * @param name the constraint's name
 * @param expression the condition over the columns
 * @param columns the columns in it
 */
public record Check(String name, String expression, List<String> columns) {}
