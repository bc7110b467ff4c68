package dev.boundary.jooq.internal.session;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Decides for one connection whether a statement may run on it, and as which tenant. */
interface ConnectionGuard {

    /**
     * Called immediately before a statement is sent.
     *
     * @param statement what it runs under
     * @param sql the SQL as the caller wrote it
     * @param inTransaction whether the statement is part of a transaction
     * @return what the session variable must be set to for this statement; null if nothing needs to be set
     * @throws SQLException if the state of the connection cannot be determined
     * @throws dev.boundary.core.BoundaryException if the statement must not be sent
     */
    @Nullable
    String admit(StatementContext statement, String sql, boolean inTransaction) throws SQLException;

    /** The transaction was committed or rolled back, so the next one may belong to another tenant. */
    void transactionEnded();
}
