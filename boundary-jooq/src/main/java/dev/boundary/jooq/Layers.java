package dev.boundary.jooq;

/**
 * Which layers keep tenants apart. Anything but {@link #BOTH} is for tests, demonstrations and adoption.
 *
 * @since 0.1
 */
public enum Layers {
    /** The query layer and row-level security: what is wrong in one is caught by the other. */
    BOTH,
    /** Row-level security alone: statements are sent as they were written, with their tenant bound. */
    RLS_ONLY,
    /**
     * The query layer alone: the database is not asked to protect anything, and no tenant is bound. What the query
     * layer does not see (plain JDBC on {@code dsl.connection(...)}, a parsing connection) is refused.
     */
    QUERY_ONLY
}
