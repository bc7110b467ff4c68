package dev.boundary.jooq.internal.session;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jooq.ConnectionProvider;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jspecify.annotations.Nullable;

/** Takes connections from the source that the open scope calls for, and binds the scope to what runs on them. */
final class ScopedConnectionProvider implements ConnectionProvider {

    private final SessionLayer session;
    private final ConnectionProvider application;
    private final @Nullable PlacedConnections placed;
    private final @Nullable ConnectionProvider admin;

    ScopedConnectionProvider(
            SessionLayer session,
            ConnectionProvider application,
            @Nullable PlacedConnections placed,
            @Nullable DataSource admin) {
        this.session = session;
        this.application = application;
        this.placed = placed;
        this.admin = admin == null ? null : new DataSourceConnectionProvider(admin);
    }

    @Override
    public Connection acquire() {
        boolean unscoped = session.needsAdmin();
        if (placed != null && !unscoped) {
            return acquire(placed);
        }
        ConnectionProvider source = unscoped && admin != null ? admin : application;
        Connection raw = source.acquire();
        if (raw == null) {
            throw new DataAccessException("The connection provider " + source + " gave no connection.");
        }
        try {
            return unscoped ? session.adminConnection(raw) : session.tenantConnection(raw, null);
        } catch (SQLException e) {
            source.release(raw);
            throw new DataAccessException("The tenant cannot be bound to the connection", e);
        } catch (RuntimeException e) {
            source.release(raw);
            throw e;
        }
    }

    private static Connection acquire(PlacedConnections placed) {
        try {
            return placed.take();
        } catch (SQLException e) {
            throw new DataAccessException(
                    "No connection to the tenant's place, or the tenant cannot be bound to it", e);
        }
    }

    @Override
    public void release(Connection connection) {
        BoundConnection bound = bound(connection);
        try {
            bound.giveBack();
        } catch (SQLException e) {
            throw new DataAccessException("The tenant cannot be removed from the connection, so it was closed", e);
        } finally {
            (bound.isAdmin() && admin != null ? admin : application).release(bound.getDelegate());
        }
    }

    /** What {@link #acquire} gave; jOOQ may have wrapped it. */
    private static BoundConnection bound(Connection connection) {
        try {
            return connection.unwrap(BoundConnection.class);
        } catch (SQLException e) {
            throw new DataAccessException("It cannot be told which connection is given back", e);
        }
    }
}
