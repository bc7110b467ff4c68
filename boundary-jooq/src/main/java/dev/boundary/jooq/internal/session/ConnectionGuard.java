package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides for one connection, from the scope that is open at that moment, whether a statement may run on it and as
 * which tenant.
 */
interface ConnectionGuard {

    /**
     * Called immediately before a statement is sent.
     *
     * @param scope the scope it runs in
     * @param statement the SQL as the caller wrote it
     * @param rules what it may do beyond the usual
     * @param inTransaction whether the statement is part of a transaction
     * @return what the session variable must be set to for this statement; null if nothing needs to be set
     * @throws dev.boundary.core.BoundaryException if the statement must not be sent
     */
    @Nullable
    String admit(Optional<Scope> scope, String statement, StatementRules rules, boolean inTransaction);

    /** The transaction was committed or rolled back, so the next one may belong to another tenant. */
    void transactionEnded();
}
