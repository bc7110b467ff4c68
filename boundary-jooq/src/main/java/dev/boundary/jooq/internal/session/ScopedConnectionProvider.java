package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import dev.boundary.core.TenantContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.ConnectionProvider;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jspecify.annotations.Nullable;

/** Takes connections from the source that the open scope calls for, and binds the scope to what runs on them. */
final class ScopedConnectionProvider implements ConnectionProvider {

    private final ConnectionBinder binder;
    private final ConnectionProvider application;
    private final @Nullable PlacedConnections placed;
    private final @Nullable ConnectionProvider admin;
    private final HeldConnections held;

    /** Whether a connection is in no transaction when it is taken, even with autocommit off. */
    private final boolean givesFreeConnections;

    ScopedConnectionProvider(
            ConnectionBinder binder,
            HeldConnections held,
            ConnectionProvider application,
            @Nullable PlacedConnections placed,
            @Nullable DataSource admin) {
        this.binder = binder;
        this.held = held;
        this.givesFreeConnections = application instanceof DataSourceConnectionProvider;
        this.application = JoiningConnectionProvider.of(application);
        this.placed = placed;
        this.admin = admin == null ? null : new DataSourceConnectionProvider(admin);
    }

    @Override
    public Connection acquire() {
        Optional<Scope> scope = TenantContext.current();
        ConnectionProvider unscoped = binder.adminIfUnscoped(scope, admin);
        if (unscoped != null) {
            refuseInsideTransaction(scope);
            return acquire(unscoped, binder::bindAdmin);
        }
        BoundConnection connection =
                placed == null ? acquire(application, raw -> bindTenant(raw, scope)) : acquire(placed, scope);
        held.taken(connection);
        return connection;
    }

    private BoundConnection bindTenant(Connection raw, Optional<Scope> scope) throws SQLException {
        if (!givesFreeConnections && !raw.getAutoCommit()) {
            binder.requireTransactionLocal();
        }
        return binder.bindTenant(raw, scope, null);
    }

    private void refuseInsideTransaction(Optional<Scope> scope) {
        try {
            if (held.isInTransaction() || ThreadTransaction.isOn(application)) {
                throw binder.unscopedInsideTransaction(scope);
            }
        } catch (SQLException e) {
            throw new DataAccessException("Cannot determine whether the thread has begun a transaction", e);
        }
    }

    private static BoundConnection acquire(ConnectionProvider source, Binding binding) {
        Connection raw = source.acquire();
        if (raw == null) {
            throw new DataAccessException("The connection provider " + source + " returned no connection.");
        }
        try {
            return binding.bind(raw);
        } catch (SQLException e) {
            source.release(raw);
            throw new DataAccessException("The tenant cannot be bound to the connection", e);
        } catch (RuntimeException e) {
            source.release(raw);
            throw e;
        }
    }

    private static BoundConnection acquire(PlacedConnections placed, Optional<Scope> scope) {
        try {
            return placed.take(scope);
        } catch (SQLException e) {
            throw new DataAccessException(
                    "There is no connection to the tenant's place, or the tenant cannot be bound to it", e);
        }
    }

    @Override
    public void release(Connection connection) {
        BoundConnection bound = unwrap(connection);
        try {
            bound.binder().giveBack();
        } catch (SQLException e) {
            throw new DataAccessException("The tenant cannot be removed from the connection, so it was closed", e);
        } finally {
            held.givenBack(bound);
            (bound.binder().isAdmin() && admin != null ? admin : application).release(bound.getDelegate());
        }
    }

    /** What {@link #acquire} returned; jOOQ may have wrapped it. */
    static BoundConnection unwrap(Connection connection) {
        try {
            return connection.unwrap(BoundConnection.class);
        } catch (SQLException e) {
            throw new DataAccessException("Cannot determine which connection is released", e);
        }
    }

    @FunctionalInterface
    private interface Binding {
        BoundConnection bind(Connection raw) throws SQLException;
    }
}
