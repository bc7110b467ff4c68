package dev.boundary.jooq.internal.session;

import org.jspecify.annotations.Nullable;

/**
 * Decides for one connection, from the scope that is open at that moment, whether a statement may run on it and as
 * which tenant.
 */
interface ConnectionGuard {

    /**
     * Called immediately before a statement is sent.
     *
     * @param statement the SQL as the caller wrote it
     * @param noScope what to do outside any scope
     * @param inTransaction whether the statement is part of a transaction
     * @return the value of the session variable for this statement; null if the connection needs none
     * @throws dev.boundary.core.BoundaryException if the statement must not be sent
     */
    @Nullable
    String admit(String statement, NoScope noScope, boolean inTransaction);

    /** Whether statements of this connection carry a tenant. */
    boolean bindsTenant();

    /** The transaction was committed or rolled back, so the next one may belong to another tenant. */
    void transactionEnded();
}
