package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.Scope.UnscopedScope;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantNotSetException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Guards a connection of the application role: every statement runs as the tenant of its scope, and a transaction
 * belongs to one tenant.
 *
 * <p>The tenant of the transaction is remembered only to refuse others, never to leave out the binding.
 *
 * @see PhysicalConnection
 */
final class TenantGuard implements ConnectionGuard {

    private static final String NO_TENANT = "";

    private final SessionSettings settings;

    /** Where the connection leads; null if all connections of its source lead to one place. */
    private final @Nullable ConnectionPlace place;

    private final PhysicalConnection connection;
    private final SessionVariableSql variable;

    TenantGuard(
            SessionSettings settings,
            SessionVariableSql variable,
            PhysicalConnection connection,
            @Nullable ConnectionPlace place) {
        this.settings = settings;
        this.variable = variable;
        this.connection = connection;
        this.place = place;
    }

    @Override
    public @Nullable String admit(StatementContext statement, String sql, boolean inTransaction) throws SQLException {
        boolean binds = settings.strategy() != BindingStrategy.NONE;
        if (!binds && !statement.isRewritten()) {
            throw withoutQueryLayer();
        }
        Optional<Scope> scope = statement.scope();
        String tenant = scope.isEmpty()
                ? withoutScope(statement.missingScope(), inTransaction)
                : withScope(scope.get(), inTransaction && !statement.tenantSwitch());
        return binds ? tenant : null;
    }

    private String withoutScope(MissingScope missingScope, boolean inTransaction) {
        return switch (missingScope) {
            case BIND_EMPTY -> {
                if (inTransaction) {
                    connection.joinWithoutTenant();
                }
                yield NO_TENANT;
            }
            case REFUSE -> throw TenantNotSetException.noScope("This statement");
        };
    }

    private String withScope(Scope scope, boolean joinsTransaction) throws SQLException {
        return switch (scope) {
            case TenantScope tenant -> asTenant(tenant, joinsTransaction);
            case UnscopedScope unscoped -> throw unscopedOnTenantConnection(unscoped);
        };
    }

    private String asTenant(TenantScope scope, boolean joinsTransaction) throws SQLException {
        String tenant = tenantOfSession(Optional.of(scope));
        if (joinsTransaction) {
            joinTransaction(scope);
        }
        return tenant;
    }

    /** What the session variable may be set to for a whole session: nothing outside the scope of a tenant. */
    String tenantOfSession(Optional<Scope> scope) {
        if (!(scope.orElse(null) instanceof TenantScope tenant)) {
            return NO_TENANT;
        }
        requireKeyType(tenant);
        if (place != null) {
            place.require(tenant);
        }
        return tenant.tenant().asText();
    }

    private void requireKeyType(TenantScope scope) {
        if (scope.tenant().type() != settings.keyType()) {
            throw new StatementRefusedException(
                    "a statement of tenant " + scope.tenant(),
                    "The tenant key is of type " + scope.tenant().type().sqlName()
                            + ", and the tenant columns are of type "
                            + settings.keyType().sqlName() + ".",
                    "Open the scope with a key of that type.");
        }
    }

    private void joinTransaction(TenantScope scope) throws SQLException {
        TenantScope first = connection.join(scope, variable);
        if (first != null) {
            throw new StatementRefusedException(
                    "a statement of " + scope + " in a transaction of " + first,
                    "A transaction belongs to one tenant.",
                    "End it first, give the other tenant a transaction of its own, or allow the switch:"
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

    @Override
    public void transactionEnded() {
        connection.endTransaction();
    }
}
