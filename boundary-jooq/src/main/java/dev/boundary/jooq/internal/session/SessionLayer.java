package dev.boundary.jooq.internal.session;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.UnscopedScope;
import dev.boundary.core.event.Violation;
import dev.boundary.jooq.schema.TenantSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.ConnectionProvider;
import org.jooq.ExecuteListenerProvider;
import org.jooq.VisitListenerProvider;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jspecify.annotations.Nullable;

/** Binds scopes to connections. Immutable and safe for use by several threads. */
public final class SessionLayer {

    private final SessionSettings settings;
    private final TenantSql tenantSql;
    private final @Nullable DataSource admin;

    /**
     * For one application.
     *
     * @param settings what to bind, and how
     * @param admin connections of the admin role for unscoped work, or null to refuse such work
     */
    public SessionLayer(SessionSettings settings, @Nullable DataSource admin) {
        this.settings = settings;
        this.tenantSql = new TenantSql(settings.variable(), settings.strategy());
        this.admin = admin;
    }

    /**
     * Connections whose statements carry the scope: those of the application role, and in an unscoped scope those of
     * the admin role.
     *
     * @param application connections of the application role, bound already or not
     * @return the provider
     */
    public ConnectionProvider connections(ConnectionProvider application) {
        return isBound(application) ? application : new ScopedConnectionProvider(this, application, admin);
    }

    private static boolean isBound(ConnectionProvider provider) {
        try {
            return provider instanceof ScopedConnectionProvider
                    || (provider instanceof DataSourceConnectionProvider source
                            && source.dataSource().isWrapperFor(TenantDataSource.class));
        } catch (SQLException e) {
            throw new DataAccessException("It cannot be told whether the data source carries tenants", e);
        }
    }

    /**
     * The same for what does not go through jOOQ. Statements outside any scope are refused.
     *
     * @param application connections of the application role
     * @return the data source
     */
    public DataSource dataSource(DataSource application) {
        return new TenantDataSource(this, application, admin);
    }

    /**
     * The listener that watches over the statements of a configuration.
     *
     * @param schema which columns hold the tenant
     * @param rules what a statement may do, by the configuration it runs in
     * @param queryLayer what must have rewritten each statement; null for nothing
     * @return the provider
     */
    public ExecuteListenerProvider listeners(
            TenantSchema schema, Rules rules, @Nullable VisitListenerProvider queryLayer) {
        SessionListener listener = new SessionListener(settings, new TenantColumns(schema), rules, queryLayer);
        return () -> listener;
    }

    /** Decides what a statement may do beyond the usual. */
    @FunctionalInterface
    public interface Rules {
        /**
         * Decides.
         *
         * @param configuration the configuration the statement runs in
         * @return what it may do
         */
        StatementRules of(Configuration configuration);
    }

    /**
     * Binds the scope to the statements of one connection of the application role.
     *
     * @param connection the connection; closing what is returned closes it
     * @return the same connection, bound; statements outside any scope are refused
     * @throws SQLException if the tenant cannot be set
     */
    public Connection bind(Connection connection) throws SQLException {
        return tenantConnection(connection);
    }

    /**
     * Takes back what {@link #bind} has set for the session, if it has.
     *
     * @param bound what {@code bind} returned
     * @throws SQLException if it cannot be taken back; the connection has been closed then
     */
    public static void giveBack(Connection bound) throws SQLException {
        bound.unwrap(BoundConnection.class).giveBack();
    }

    /**
     * The data source beneath one that may carry tenants.
     *
     * @param source the data source
     * @return the one whose connections send statements as they are
     */
    public static DataSource unbound(DataSource source) {
        return source instanceof TenantDataSource bound ? bound.application() : source;
    }

    /**
     * The connection beneath one that may have been bound.
     *
     * @param connection the connection
     * @return the one whose statements are sent as they are
     * @throws SQLException if it cannot be told
     */
    public static Connection unbound(Connection connection) throws SQLException {
        return connection.isWrapperFor(BoundConnection.class)
                ? connection.unwrap(BoundConnection.class).getDelegate()
                : connection;
    }

    /** Whether a connection must be the admin role's: in an unscoped scope. */
    boolean needsAdmin() {
        if (!(TenantContext.current().orElse(null) instanceof UnscopedScope unscoped)) {
            return false;
        }
        if (admin == null) {
            StatementRefusedException refused = new StatementRefusedException(
                    unscoped + " work",
                    "It runs as the admin role, and this Boundary was built without an admin connection source.",
                    "Give it one: Boundary.builder(schema).admin(adminDataSource).");
            settings.events().publish(new Violation(Optional.of(unscoped), refused, true));
            throw refused;
        }
        return true;
    }

    BoundConnection tenantConnection(Connection raw) throws SQLException {
        if (settings.binds() && settings.strategy() == BindingStrategy.CHECKOUT) {
            return checkedOut(raw);
        }
        return new BoundConnection(raw, new TenantGuard(settings), tenantSql, settings, prefixes());
    }

    private boolean prefixes() {
        return settings.binds() && settings.strategy() == BindingStrategy.PREFIX;
    }

    private BoundConnection checkedOut(Connection raw) throws SQLException {
        TenantGuard guard = new TenantGuard(settings, TenantContext.current());
        String tenant = guard.tenantOfCheckout();
        settings.bound(tenant, false);
        try {
            tenantSql.setSession(raw, tenant);
        } catch (SQLException | RuntimeException e) {
            BoundConnection.abort(raw, e); // the tenant may have been set
            throw e;
        }
        return new BoundConnection(raw, guard, tenantSql, settings, false);
    }

    BoundConnection adminConnection(Connection raw) {
        return new BoundConnection(raw, new AdminGuard(settings), tenantSql, settings, false);
    }
}
