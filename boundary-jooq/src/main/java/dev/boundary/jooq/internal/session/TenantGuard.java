package dev.boundary.jooq.internal.session;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.Scope;
import dev.boundary.core.StatementRefusedException;
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
    private final boolean checkedOut;
    private final Optional<Scope> checkout;

    /** Where the connection leads; null if all connections of its source lead to one place. */
    private final @Nullable Route route;

    private @Nullable TenantScope transactionTenant;

    /** For a connection whose statements carry their tenant. */
    TenantGuard(SessionSettings settings, @Nullable Route route) {
        this.settings = settings;
        this.checkedOut = false;
        this.checkout = Optional.empty();
        this.route = route;
    }

    /** For a connection that has had its tenant set for the session. */
    TenantGuard(SessionSettings settings, @Nullable Route route, Optional<Scope> checkout) {
        this.settings = settings;
        this.checkedOut = true;
        this.checkout = checkout;
        this.route = route;
    }

    /** What the session variable is set to when the connection is taken: nothing outside a tenant's scope. */
    String tenantOfCheckout() {
        return checkout.orElse(null) instanceof TenantScope tenant ? asTenant(tenant, true, false) : NO_TENANT;
    }

    @Override
    public @Nullable String admit(
            Optional<Scope> scope, String statement, StatementRules rules, boolean inTransaction) {
        try {
            if (!settings.binds() && !rules.rewritten()) {
                throw withoutQueryLayer();
            }
            String tenant = tenant(scope, rules, inTransaction);
            return settings.binds() && !checkedOut ? tenant : null;
        } catch (BoundaryException e) {
            settings.events().publish(new Violation(scope, e, true));
            throw e;
        }
    }

    private String tenant(Optional<Scope> scope, StatementRules rules, boolean inTransaction) {
        if (checkedOut && !checkout.equals(scope)) {
            throw notTheScopeOfCheckout(checkout, scope);
        }
        if (scope.isEmpty()) {
            return withoutScope(rules.noScope());
        }
        return switch (scope.get()) {
            case TenantScope tenant -> asTenant(tenant, rules.tenantSwitch(), inTransaction);
            case UnscopedScope unscoped -> throw unscopedOnTenantConnection(unscoped);
        };
    }

    private static String withoutScope(NoScope noScope) {
        return switch (noScope) {
            case EMPTY -> NO_TENANT;
            case REFUSE -> throw TenantNotSetException.noScope("This statement");
        };
    }

    private String asTenant(TenantScope scope, boolean tenantSwitch, boolean inTransaction) {
        if (scope.tenant().type() != settings.keyType()) {
            throw new StatementRefusedException(
                    "a statement of tenant " + scope.tenant(),
                    "The tenant key is of type " + scope.tenant().type().sqlName()
                            + ", and the tenant columns are of type "
                            + settings.keyType().sqlName() + ".",
                    "Open the scope with a key of that type.");
        }
        if (route != null) {
            route.require(scope);
        }
        if (inTransaction && !tenantSwitch) {
            joinTransaction(scope);
        }
        return scope.tenant().asText();
    }

    private void joinTransaction(TenantScope scope) {
        TenantScope first = transactionTenant;
        if (first == null) {
            transactionTenant = scope;
        } else if (!first.tenant().equals(scope.tenant())) {
            throw new StatementRefusedException(
                    "a statement of " + scope + " in a transaction of " + first,
                    "A transaction belongs to one tenant.",
                    "End it first, give the other tenant a transaction of its own, or ask for it:"
                            + " boundary.tenantSwitch(dsl, \"the reason\").");
        }
    }

    private static StatementRefusedException withoutQueryLayer() {
        return new StatementRefusedException(
                "plain JDBC with Layers.QUERY_ONLY",
                "The query layer has not seen the statement, and row-level security is not relied upon.",
                "Use Layers.BOTH, or execute it as a jOOQ query of a context of Boundary.dsl(...).");
    }

    private static StatementRefusedException unscopedOnTenantConnection(UnscopedScope unscoped) {
        return new StatementRefusedException(
                "an " + unscoped + " statement on a connection of the application role",
                "The connection, or its transaction, was opened outside the unscoped scope.",
                "Open the transaction inside TenantContext.unscoped(...), so that it runs on the admin connection"
                        + " source.");
    }

    private static StatementRefusedException notTheScopeOfCheckout(Optional<Scope> checkout, Optional<Scope> scope) {
        return new StatementRefusedException(
                "a statement of " + scope.map(Scope::toString).orElse("no scope")
                        + " on a connection that was taken in "
                        + checkout.map(Scope::toString).orElse("no scope"),
                "With Binding.CHECKOUT a connection has one tenant, from when it is taken to when it is given back.",
                "Take the connection, or begin the transaction, inside the scope.");
    }

    @Override
    public void transactionEnded() {
        transactionTenant = null;
    }
}
