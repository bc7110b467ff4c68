package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.UnscopedScope;
import dev.boundary.core.event.UnscopedAccess;
import dev.boundary.core.event.Violation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Guards a connection of the admin role: it serves unscoped work only, and each statement leaves an audit event. */
final class AdminGuard implements ConnectionGuard {

    private final SessionSettings settings;

    AdminGuard(SessionSettings settings) {
        this.settings = settings;
    }

    @Override
    public @Nullable String admit(
            Optional<Scope> current, String statement, StatementRules rules, boolean inTransaction) {
        if (current.orElse(null) instanceof UnscopedScope unscoped) {
            settings.events().publish(new UnscopedAccess(unscoped, statement));
            return null;
        }
        StatementRefusedException refused = new StatementRefusedException(
                "a statement of " + current.map(Scope::toString).orElse("no scope")
                        + " on a connection of the admin role",
                "The connection, or its transaction, was opened in an unscoped scope, and sees all tenants.",
                "End the transaction first, or run the statement in the unscoped scope.");
        settings.events().publish(new Violation(current, refused, true));
        throw refused;
    }

    @Override
    public void transactionEnded() {
        // Nothing is remembered.
    }
}
