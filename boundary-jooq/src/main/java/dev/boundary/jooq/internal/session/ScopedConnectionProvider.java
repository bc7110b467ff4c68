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

    ScopedConnectionProvider(
            ConnectionBinder binder,
            ConnectionProvider application,
            @Nullable PlacedConnections placed,
            @Nullable DataSource admin) {
        this.binder = binder;
        this.application = application;
        this.placed = placed;
        this.admin = admin == null ? null : new DataSourceConnectionProvider(admin);
    }

    @Override
    public Connection acquire() {
        Optional<Scope> scope = TenantContext.current();
        ConnectionProvider unscoped = binder.adminIfUnscoped(scope, admin);
        if (unscoped != null) {
            return acquire(unscoped, binder::bindAdmin);
        }
        return placed == null
                ? acquire(application, raw -> binder.bindTenant(raw, scope, null))
                : acquire(placed, scope);
    }

    private static Connection acquire(ConnectionProvider source, Binding binding) {
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

    private static Connection acquire(PlacedConnections placed, Optional<Scope> scope) {
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
            (bound.binder().isAdmin() && admin != null ? admin : application).release(bound.getDelegate());
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

    @FunctionalInterface
    private interface Binding {
        Connection bind(Connection raw) throws SQLException;
    }
}
