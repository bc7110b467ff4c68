package dev.boundary.jooq.internal.session;

/** What happens to a statement outside any scope. It never sees the rows of all tenants. */
enum MissingScope {
    /** It is refused before anything is sent. */
    REFUSE,
    /**
     * It is sent with an empty tenant, for which row-level security shows no tenant's rows. For statements that the
     * query layer has found to touch no tenant's table, and for the relaxed mode.
     */
    BIND_EMPTY
}
