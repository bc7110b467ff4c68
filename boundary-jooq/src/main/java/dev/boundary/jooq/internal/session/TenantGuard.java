package dev.boundary.jooq.internal.session;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.Scope;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.core.TenantScope;
import dev.boundary.core.UnscopedScope;
import dev.boundary.core.event.Violation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Guards a connection of the application role: every statement runs as the tenant whose scope is open when it is sent,
 * and a transaction belongs to one tenant.
 *
 * <p>The tenant of the transaction is remembered only to refuse others, never to leave out the binding.
 */
final class TenantGuard implements ConnectionGuard {

    private static final String NO_TENANT = "";

    private final SessionSettings settings;
    private @Nullable TenantScope transactionTenant;

    TenantGuard(SessionSettings settings) {
        this.settings = settings;
    }

    @Override
    public @Nullable String admit(String statement, NoScope noScope, boolean inTransaction) {
        try {
            Optional<Scope> current = TenantContext.current();
            String tenant = current.isEmpty()
                    ? withoutScope(noScope)
                    : switch (current.get()) {
                        case TenantScope scope -> asTenant(scope, inTransaction);
                        case UnscopedScope unscoped -> throw unscopedOnTenantConnection(unscoped);
                    };
            return settings.binds() ? tenant : null;
        } catch (BoundaryException e) {
            settings.events().publish(new Violation(TenantContext.current(), e, true));
            throw e;
        }
    }

    private static String withoutScope(NoScope noScope) {
        return switch (noScope) {
            case EMPTY -> NO_TENANT;
            case REFUSE -> throw TenantNotSetException.noScope("This statement");
        };
    }

    private String asTenant(TenantScope scope, boolean inTransaction) {
        if (scope.tenant().type() != settings.keyType()) {
            throw new StatementRefusedException(
                    "a statement of tenant " + scope.tenant(),
                    "The tenant key is of type " + scope.tenant().type().sqlName()
                            + ", and the tenant columns are of type "
                            + settings.keyType().sqlName() + ".",
                    "Open the scope with a key of that type.");
        }
        if (inTransaction) {
            joinTransaction(scope);
        }
        return scope.tenant().asText();
    }

    private void joinTransaction(TenantScope scope) {
        if (transactionTenant == null) {
            transactionTenant = scope;
        } else if (!transactionTenant.equals(scope)) {
            throw new StatementRefusedException(
                    "a statement of " + scope + " in a transaction of " + transactionTenant,
                    "A transaction belongs to one tenant.",
                    "End it first, or give the other tenant a transaction of its own.");
        }
    }

    private static StatementRefusedException unscopedOnTenantConnection(UnscopedScope unscoped) {
        return new StatementRefusedException(
                "an " + unscoped + " statement on a connection of the application role",
                "The connection, or its transaction, was opened outside the unscoped scope.",
                "Open the transaction inside TenantContext.unscoped(...), so that it runs on the admin connection source.");
    }

    @Override
    public boolean bindsTenant() {
        return settings.binds();
    }

    @Override
    public void transactionEnded() {
        transactionTenant = null;
    }
}
