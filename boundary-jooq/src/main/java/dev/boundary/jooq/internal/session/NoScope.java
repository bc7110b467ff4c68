package dev.boundary.jooq.internal.session;

/** What happens to a statement outside any scope. Never does it see everyone's rows. */
public enum NoScope {
    /** It is refused before anything is sent. */
    REFUSE,
    /**
     * It is sent with an empty tenant: row-level security stands in the way of every tenant's rows. For statements
     * which the query layer has found to touch no tenant's table.
     */
    EMPTY
}
