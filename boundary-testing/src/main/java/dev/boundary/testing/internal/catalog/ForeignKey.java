package dev.boundary.testing.internal.catalog;

import java.util.List;

/**
 * A foreign key.
 *
 * @param name the constraint's name
 * @param target the table it refers to
 * @param columns its columns
 * @param targetColumns the columns it refers to, in the same order
 */
public record ForeignKey(String name, QualifiedName target, List<String> columns, List<String> targetColumns) {}
