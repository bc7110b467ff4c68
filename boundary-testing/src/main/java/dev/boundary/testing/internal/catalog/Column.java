package dev.boundary.testing.internal.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param name its name, unquoted
 * @param type its type
 * @param notNull whether it must have a value
 * @param defaulted whether PostgreSQL fills it in: a default or an identity
 * @param defaultSql the expression of its default, or null without one (an identity has none)
 * @param generated whether only PostgreSQL may fill it in
 */
public record Column(
        String name,
        PgType type,
        boolean notNull,
        boolean defaulted,
        @Nullable String defaultSql,
        boolean generated) {}
