package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import dev.boundary.core.TenantContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jooq.ConnectionProvider;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jspecify.annotations.Nullable;

/** Takes connections from the source that the open scope calls for, and binds the scope to what runs on them. */
final class ScopedConnectionProvider implements ConnectionProvider {

    private final ConnectionBinder binder;
    private final ConnectionProvider application;
    private final @Nullable PlacedConnections placed;
    private final @Nullable PlacedConnections admin;
    private final HeldConnections held;

    /** Whether a connection is in no transaction when it is taken, even with autocommit off. */
    private final boolean givesFreeConnections;

    ScopedConnectionProvider(
            ConnectionBinder binder,
            HeldConnections held,
            ConnectionProvider application,
            @Nullable PlacedConnections placed,
            @Nullable PlacedConnections admin) {
        this.binder = binder;
        this.held = held;
        this.givesFreeConnections = application instanceof DataSourceConnectionProvider;
        this.application = JoiningConnectionProvider.of(application);
        this.placed = placed;
        this.admin = admin;
    }

    @Override
    public Connection acquire() {
        Optional<Scope> scope = TenantContext.current();
        PlacedConnections unscoped = binder.adminIfUnscoped(scope, admin);
        if (unscoped != null) {
            refuseInsideTransaction(scope);
            return acquire(unscoped, scope);
        }
        BoundConnection connection = placed == null ? acquireApplication(scope) : acquire(placed, scope);
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

    private BoundConnection acquireApplication(Optional<Scope> scope) {
        Connection raw = application.acquire();
        if (raw == null) {
            throw new DataAccessException("The connection provider " + application + " returned no connection.");
        }
        try {
            return bindTenant(raw, scope);
        } catch (SQLException e) {
            application.release(raw);
            throw new DataAccessException("The tenant cannot be bound to the connection", e);
        } catch (RuntimeException e) {
            application.release(raw);
            throw e;
        }
    }

    private static BoundConnection acquire(PlacedConnections source, Optional<Scope> scope) {
        try {
            return source.take(scope);
        } catch (SQLException e) {
            throw new DataAccessException(
                    "There is no connection to where the rows are, or the scope cannot be bound to it: "
                            + e.getMessage(),
                    e);
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
            if (bound.binder().isAdmin()) {
                close(bound.getDelegate());
            } else {
                application.release(bound.getDelegate());
            }
        }
    }

    private static void close(Connection admin) {
        try {
            admin.close();
        } catch (SQLException e) {
            throw new DataAccessException("A connection of the admin role cannot be given back", e);
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
}
