package dev.boundary.jooq.internal.session;

import java.sql.Connection;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.ConnectionProvider;
import org.jooq.ExecuteListenerProvider;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jspecify.annotations.Nullable;

/** Binds scopes to connections. Immutable and safe for use by several threads. */
public final class SessionLayer {

    private final SessionSettings settings;
    private final TenantPrefix prefix;
    private final @Nullable ConnectionProvider admin;

    /**
     * For one application.
     *
     * @param settings what to bind
     * @param admin connections of the admin role for unscoped work, or null to refuse such work
     */
    public SessionLayer(SessionSettings settings, @Nullable DataSource admin) {
        this.settings = settings;
        this.prefix = new TenantPrefix(settings.variable());
        this.admin = admin == null ? null : new DataSourceConnectionProvider(admin);
    }

    /**
     * Connections whose statements carry the scope: those of the application role, and in an unscoped scope those of
     * the admin role.
     *
     * @param application connections of the application role
     * @return the provider
     */
    public ConnectionProvider connections(ConnectionProvider application) {
        return application instanceof ScopedConnectionProvider
                ? application
                : new ScopedConnectionProvider(this, application, admin);
    }

    /**
     * The listener that binds the scope to each statement of a configuration.
     *
     * @param withoutScope what to do with a statement outside any scope, by the configuration it runs in
     * @return the provider
     */
    public ExecuteListenerProvider listeners(NoScopeRule withoutScope) {
        SessionListener listener = new SessionListener(this, withoutScope);
        return () -> listener;
    }

    /**
     * Binds the scope to the statements of one connection of the application role.
     *
     * @param connection the connection; closing what is returned closes it
     * @return the same connection, bound; statements outside any scope are refused
     */
    public Connection bind(Connection connection) {
        return tenantConnection(connection);
    }

    /** Decides what happens to a statement outside any scope. */
    @FunctionalInterface
    public interface NoScopeRule {
        /**
         * Decides.
         *
         * @param configuration the configuration the statement runs in
         * @return what happens
         */
        NoScope of(Configuration configuration);
    }

    SessionSettings settings() {
        return settings;
    }

    BoundConnection tenantConnection(Connection raw) {
        return new BoundConnection(raw, new TenantGuard(settings), prefix);
    }

    BoundConnection adminConnection(Connection raw) {
        return new BoundConnection(raw, new AdminGuard(settings), prefix);
    }
}
