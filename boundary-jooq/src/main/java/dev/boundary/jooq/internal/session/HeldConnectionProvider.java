package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import dev.boundary.core.Scope.UnscopedScope;
import dev.boundary.core.TenantContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jooq.ConnectionProvider;
import org.jooq.exception.DataAccessException;

/** Connections that carry the scope already; refuses unscoped work inside a transaction that jOOQ has begun on one. */
final class HeldConnectionProvider implements ConnectionProvider {

    private final ConnectionBinder binder;
    private final ConnectionProvider bound;
    private final HeldConnections held;

    HeldConnectionProvider(ConnectionBinder binder, HeldConnections held, ConnectionProvider bound) {
        this.binder = binder;
        this.held = held;
        this.bound = JoiningConnectionProvider.of(bound);
    }

    @Override
    public Connection acquire() {
        Optional<Scope> scope = TenantContext.current();
        if (scope.orElse(null) instanceof UnscopedScope && isInTransaction()) {
            throw binder.unscopedInsideTransaction(scope);
        }
        Connection connection = bound.acquire();
        if (connection == null) {
            throw new DataAccessException("The connection provider " + bound + " returned no connection.");
        }
        held.taken(ScopedConnectionProvider.unwrap(connection));
        return connection;
    }

    private boolean isInTransaction() {
        try {
            return held.isInTransaction();
        } catch (SQLException e) {
            throw new DataAccessException("Cannot determine whether the thread has begun a transaction", e);
        }
    }

    @Override
    public void release(Connection connection) {
        held.givenBack(ScopedConnectionProvider.unwrap(connection));
        bound.release(connection);
    }
}
