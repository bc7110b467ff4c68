package dev.boundary.testing.internal.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Whose rows a table holds.
 *
 * @param kind tenants' rows or everybody's
 * @param tenantColumn the column with the tenant's key, or null without one
 */
public record Ownership(Kind kind, @Nullable String tenantColumn) {

    /** A table that is nobody's in particular. */
    public static final Ownership SHARED = new Ownership(Kind.SHARED, null);

    /** Whose rows they are. */
    public enum Kind {
        /** Each row is one tenant's, by a column of its own. */
        TENANT,
        /** Each row is one tenant's, through a foreign key. */
        CHILD,
        /** A row is one tenant's or, without a key, everybody's. */
        MIXED,
        /** All rows are everybody's. */
        SHARED
    }

    /**
     * Whether rows can be one tenant's.
     *
     * @return false if all are everybody's
     */
    public boolean isTenants() {
        return kind != Kind.SHARED;
    }
}
