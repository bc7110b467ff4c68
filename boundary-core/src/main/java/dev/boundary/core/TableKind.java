package dev.boundary.core;

/**
 * Whose rows a table holds.
 *
 * @since 0.1
 */
public enum TableKind {
    /** Each row belongs to the tenant in its tenant column. */
    TENANT,
    /** Each row belongs to the tenant of the row that its foreign key points to. */
    CHILD,
    /** Each row belongs to the tenant in its tenant column, or to all tenants where that is null. */
    MIXED,
    /** Rows have no tenant. */
    GLOBAL,
    /** Boundary leaves the table alone, for a stated reason. */
    EXEMPT;

    /**
     * Whether rows of such a table belong to tenants, so that statements on it need a tenant and the database protects
     * it.
     *
     * @return true for {@link #TENANT}, {@link #CHILD} and {@link #MIXED}
     */
    public boolean hasTenantRows() {
        return this == TENANT || this == CHILD || this == MIXED;
    }
}
