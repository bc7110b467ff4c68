package dev.boundary.jooq.internal.session;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.UnscopedScope;
import dev.boundary.core.event.Violation;
import java.sql.Connection;
import java.util.Optional;
import org.jooq.ConnectionProvider;
import org.jspecify.annotations.Nullable;

/** Takes connections from the source that the open scope calls for, and binds the scope to what runs on them. */
final class ScopedConnectionProvider implements ConnectionProvider {

    private final SessionLayer session;
    private final ConnectionProvider application;
    private final @Nullable ConnectionProvider admin;

    ScopedConnectionProvider(SessionLayer session, ConnectionProvider application, @Nullable ConnectionProvider admin) {
        this.session = session;
        this.application = application;
        this.admin = admin;
    }

    @Override
    public @Nullable Connection acquire() {
        if (TenantContext.current().orElse(null) instanceof UnscopedScope unscoped) {
            return session.adminConnection(acquire(adminSource(unscoped)));
        }
        return session.tenantConnection(acquire(application));
    }

    private static Connection acquire(ConnectionProvider source) {
        Connection raw = source.acquire();
        if (raw == null) {
            throw new IllegalStateException("The connection provider " + source + " gave no connection.");
        }
        return raw;
    }

    private ConnectionProvider adminSource(UnscopedScope unscoped) {
        if (admin == null) {
            StatementRefusedException refused = new StatementRefusedException(
                    unscoped + " work",
                    "It runs as the admin role, and this Boundary was built without an admin connection source.",
                    "Give it one: Boundary.builder(schema).admin(adminDataSource).");
            session.settings().events().publish(new Violation(Optional.of(unscoped), refused, true));
            throw refused;
        }
        return admin;
    }

    @Override
    public void release(Connection connection) {
        BoundConnection bound = (BoundConnection) connection;
        (bound.isAdmin() && admin != null ? admin : application).release(bound.getDelegate());
    }
}
