package dev.boundary.rls.internal.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table. Immutable.
 *
 * @param name its name, unquoted
 * @param type its type
 * @param collatable whether its order depends on a collation
 * @param notNull whether it must have a value
 * @param defaultSql the expression of its default, or of a generated column; null without one, as in an identity column
 * @param identity whether it is an identity column
 * @param generated whether only PostgreSQL may compute it
 * @param sequence the sequence that fills in an integer column (identity or serial), schema and name quoted if need be;
 *     null if there is none
 */
public record CatalogColumn(
        String name,
        CatalogType type,
        boolean collatable,
        boolean notNull,
        @Nullable String defaultSql,
        boolean identity,
        boolean generated,
        @Nullable String sequence) {

    /**
     * Whether PostgreSQL fills in the column if an INSERT leaves it out.
     *
     * @return true if it has a default, is an identity column or is generated
     */
    public boolean hasDefault() {
        return defaultSql != null || identity;
    }
}
