package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import dev.boundary.core.StatementRefusedException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Guards a connection whose tenant is set for the session: it serves the scope in which it was taken, and no other. */
final class CheckoutGuard implements ConnectionGuard {

    private final TenantGuard tenants;
    private final Optional<Scope> checkout;

    CheckoutGuard(TenantGuard tenants, Optional<Scope> checkout) {
        this.tenants = tenants;
        this.checkout = checkout;
    }

    /** What the session variable is set to when the connection is taken. */
    String tenant() {
        return tenants.tenantOfSession(checkout);
    }

    @Override
    public @Nullable String admit(StatementContext statement, String sql, boolean inTransaction) throws SQLException {
        if (!checkout.equals(statement.scope())) {
            throw new StatementRefusedException(
                    "a statement of " + statement.scopeName() + " on a connection that was taken in "
                            + StatementContext.name(checkout),
                    "With Binding.CHECKOUT a connection has one tenant while it is taken.",
                    "Take the connection, or begin the transaction, inside the scope.");
        }
        tenants.admit(statement, sql, inTransaction);
        return null;
    }

    @Override
    public void transactionEnded() {
        tenants.transactionEnded();
    }
}
