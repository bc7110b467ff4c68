package dev.boundary.testing.internal.catalog;

import dev.boundary.core.TableKind;
import org.jspecify.annotations.Nullable;

/**
 * Whose rows a table holds. Immutable.
 *
 * @param kind the kind of the table
 * @param tenantColumn the column with the tenant's key, or null without one
 */
public record Ownership(TableKind kind, @Nullable String tenantColumn) {

    /** A table whose rows have no tenant. */
    public static final Ownership SHARED = new Ownership(TableKind.GLOBAL, null);

    /**
     * Whether rows can belong to a tenant.
     *
     * @return false if no row has a tenant
     */
    public boolean hasTenantRows() {
        return kind.hasTenantRows();
    }
}
