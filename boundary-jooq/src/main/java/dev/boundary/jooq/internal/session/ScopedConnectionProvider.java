package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import dev.boundary.core.TenantContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jooq.ConnectionProvider;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** Takes connections from the source that the open scope calls for, and binds the scope to what runs on them. */
final class ScopedConnectionProvider implements ConnectionProvider {

    private final ConnectionBinder binder;
    private final ConnectionProvider application;
    private final @Nullable PlacedConnections placed;
    private final @Nullable PlacedConnections admin;

    ScopedConnectionProvider(
            ConnectionBinder binder,
            ConnectionProvider application,
            @Nullable PlacedConnections placed,
            @Nullable PlacedConnections admin) {
        this.binder = binder;
        this.application = application;
        this.placed = placed;
        this.admin = admin;
    }

    @Override
    public Connection acquire() {
        Optional<Scope> scope = TenantContext.current();
        PlacedConnections unscoped = binder.adminIfUnscoped(scope, admin);
        PlacedConnections source = unscoped == null ? placed : unscoped;
        return source == null ? acquireApplication(scope) : acquire(source, scope);
    }

    private Connection acquireApplication(Optional<Scope> scope) {
        Connection raw = application.acquire();
        if (raw == null) {
            throw new DataAccessException("The connection provider " + application + " returned no connection.");
        }
        try {
            return binder.bindTenant(raw, scope, null);
        } catch (SQLException e) {
            application.release(raw);
            throw new DataAccessException("The tenant cannot be bound to the connection", e);
        } catch (RuntimeException e) {
            application.release(raw);
            throw e;
        }
    }

    private static Connection acquire(PlacedConnections source, Optional<Scope> scope) {
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
    private static BoundConnection unwrap(Connection connection) {
        try {
            return connection.unwrap(BoundConnection.class);
        } catch (SQLException e) {
            throw new DataAccessException("Cannot determine which connection is released", e);
        }
    }
}
