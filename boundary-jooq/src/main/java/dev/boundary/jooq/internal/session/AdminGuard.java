package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope.UnscopedScope;
import dev.boundary.core.StatementRefusedException;
import org.jspecify.annotations.Nullable;

/** Guards a connection of the admin role: it serves unscoped work only, and each statement leaves an audit event. */
final class AdminGuard implements ConnectionGuard {

    private final SessionReporter reporter;

    /** Where the connection leads: a transaction is not continued in another region. */
    private final ConnectionPlace place;

    AdminGuard(SessionReporter reporter, ConnectionPlace place) {
        this.reporter = reporter;
        this.place = place;
    }

    @Override
    public @Nullable String admit(StatementContext statement, String sql, boolean inTransaction) {
        if (statement.scope().orElse(null) instanceof UnscopedScope unscoped) {
            place.require(unscoped);
            reporter.unscopedAccess(unscoped, sql);
            return null;
        }
        throw new StatementRefusedException(
                "a statement of " + statement.scopeName() + " on a connection of the admin role",
                "The connection, or its transaction, was opened in an unscoped scope, and sees all tenants.",
                "End the transaction first, or run the statement in the unscoped scope.");
    }

    @Override
    public void transactionEnded() {
        // Nothing is remembered.
    }
}
