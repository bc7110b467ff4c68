package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import dev.boundary.core.Scope.UnscopedScope;
import dev.boundary.core.StatementRefusedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Binds scopes to connections. Immutable and safe for use by several threads. */
final class ConnectionBinder {

    private final SessionSettings settings;
    private final SessionVariableSql variable;

    ConnectionBinder(SessionSettings settings) {
        this.settings = settings;
        this.variable = SessionVariableSql.ofTenants(settings.variable(), settings.strategy());
    }

    /** Binds a connection of the application role that is taken in a scope; place is null if there is only one. */
    BoundConnection bindTenant(Connection raw, Optional<Scope> scope, @Nullable ConnectionPlace place)
            throws SQLException {
        SessionCare care = cleanSession(raw);
        TenantGuard guard = new TenantGuard(settings, variable, care.physical(), place);
        SessionVariableSql sql = variable.withSearchPath(place == null ? null : place.searchPath());
        return settings.strategy() == BindingStrategy.CHECKOUT
                ? bindSession(raw, new CheckoutGuard(guard, scope), sql, care, namesOnly(raw, place))
                : bound(raw, guard, sql, care, namesOnly(raw, place));
    }

    private BoundConnection bindSession(
            Connection raw, CheckoutGuard guard, SessionVariableSql sql, SessionCare care, boolean namesOnly)
            throws SQLException {
        if (isManaged(raw) || care.physical().hasBegun()) {
            requireTransactionLocal();
        }
        String tenant = guard.tenant();
        settings.reporter().bound(tenant, false);
        setSession(raw, sql, tenant);
        return bound(raw, guard, sql, care, namesOnly);
    }

    private static void setSession(Connection raw, SessionVariableSql sql, String tenant) throws SQLException {
        try {
            sql.setSession(raw, tenant);
        } catch (SQLException | RuntimeException e) {
            StatementBinder.abort(raw, e); // the tenant may have been set
            throw e;
        }
    }

    /** Binds a connection of the admin role. */
    BoundConnection bindAdmin(Connection raw, ConnectionPlace place) throws SQLException {
        SessionCare care = cleanSession(raw);
        SessionVariableSql sql = variable.withSearchPath(place.searchPath()).withoutTenant();
        if (sql.strategy() == BindingStrategy.CHECKOUT) {
            setSession(raw, sql, "");
        }
        return bound(raw, new AdminGuard(settings.reporter(), place), sql, care, false);
    }

    private BoundConnection bound(
            Connection raw, ConnectionGuard guard, SessionVariableSql sql, SessionCare care, boolean namesOnly)
            throws SQLException {
        ConnectionRules rules = new ConnectionRules(MissingScope.REFUSE, isManaged(raw));
        return new BoundConnection(raw, new StatementBinder(raw, guard, sql, care, rules), namesOnly);
    }

    /** Whoever gave it back in a transaction could not be told what was left. */
    private SessionCare cleanSession(Connection raw) throws SQLException {
        SessionCare care = new SessionCare(PhysicalConnection.of(raw), settings);
        if (!care.physical().exclusively(care::isClean)) {
            LeftoversException closed = new LeftoversException();
            StatementBinder.abort(raw, closed);
            throw closed;
        }
        return care;
    }

    private static boolean isManaged(Connection raw) throws SQLException {
        SpringTransactions spring = SpringTransactions.instance();
        return spring != null && spring.manages(raw);
    }

    /** Setting the tenant for the session, and removing it, would end a transaction that somebody else manages. */
    void requireTransactionLocal() {
        if (!variable.isTransactionLocal()) {
            throw new StatementRefusedException(
                    "a connection of Binding.CHECKOUT inside of a transaction that was begun on it before",
                    "This binding sets the tenant for the session when a connection is taken, and must commit that.",
                    "Begin the transaction on boundary.dataSource(...), or use Binding.PREFIX.");
        }
    }

    /** Whether statements must name tables without a schema; also on a connection that was bound before. */
    private static boolean namesOnly(Connection raw, @Nullable ConnectionPlace place) throws SQLException {
        return place == null
                ? raw.isWrapperFor(BoundConnection.class)
                        && raw.unwrap(BoundConnection.class).namesOnly()
                : place.routing().hasOwnSchemas();
    }

    /** The connection source of the admin role in an unscoped scope, and null in any other: then it is not needed. */
    <T> @Nullable T adminIfUnscoped(Optional<Scope> scope, @Nullable T admin) {
        if (!(scope.orElse(null) instanceof UnscopedScope unscoped)) {
            return null;
        }
        if (admin == null) {
            throw settings.reporter()
                    .violation(
                            scope,
                            new StatementRefusedException(
                                    unscoped + " work",
                                    "It runs as the admin role, and this Boundary was built without an admin connection"
                                            + " source.",
                                    "Give it one: Boundary.builder(schema).admin(adminDataSource)."));
        }
        return admin;
    }

    /** The error for unscoped work in a transaction of the application role. */
    StatementRefusedException unscopedInsideTransaction(Optional<Scope> scope) {
        return settings.reporter()
                .violation(
                        scope,
                        new StatementRefusedException(
                                StatementContext.name(scope) + " work inside a transaction of the application role",
                                "It runs on a connection of the admin role, and would stay when the transaction is"
                                        + " rolled back.",
                                "Do it before or after the transaction, or begin a transaction in the unscoped scope"
                                        + " for the whole of it."));
    }
}
