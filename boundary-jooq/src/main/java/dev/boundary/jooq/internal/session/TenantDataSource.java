package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import dev.boundary.core.TenantContext;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections that carry the open scope with every statement, for plain JDBC and libraries on top of it. */
final class TenantDataSource implements DataSource {

    private final ConnectionBinder binder;
    private final DataSource application;
    private final @Nullable PlacedConnections placed;
    private final @Nullable PlacedConnections admin;

    TenantDataSource(
            ConnectionBinder binder,
            DataSource application,
            @Nullable PlacedConnections placed,
            @Nullable PlacedConnections admin) {
        this.binder = binder;
        this.application = application;
        this.placed = placed;
        this.admin = admin;
    }

    DataSource application() {
        return application;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Optional<Scope> scope = TenantContext.current();
        PlacedConnections unscoped = binder.adminIfUnscoped(scope, admin);
        if (unscoped != null && ThreadTransaction.isOn(application)) {
            throw binder.unscopedInsideTransaction(scope);
        }
        PlacedConnections source = unscoped == null ? placed : unscoped;
        if (source != null) {
            return source.take(scope);
        }
        Connection raw = applicationConnection();
        try {
            return binder.bindTenant(raw, scope, null);
        } catch (SQLException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** Inside of Spring's transaction on the application's data source the connection of that transaction. */
    private Connection applicationConnection() throws SQLException {
        SpringTransactions spring = SpringTransactions.instance();
        return spring != null
                        && spring.transactionOn(application)
                                .filter(application::equals)
                                .isPresent()
                ? spring.joining(application).getConnection()
                : application.getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The open scope decides on the role of a connection, not a user"
                + " name. Call getConnection() without one.");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return application.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        application.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        application.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return application.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return application.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : application.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || application.isWrapperFor(type);
    }
}
