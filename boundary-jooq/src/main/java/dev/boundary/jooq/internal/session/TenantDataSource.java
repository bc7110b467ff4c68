package dev.boundary.jooq.internal.session;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections that carry the open scope with every statement, for plain JDBC and libraries on top of it. */
final class TenantDataSource implements DataSource {

    private final SessionLayer session;
    private final DataSource application;
    private final @Nullable PlacedConnections placed;
    private final @Nullable DataSource admin;

    TenantDataSource(
            SessionLayer session,
            DataSource application,
            @Nullable PlacedConnections placed,
            @Nullable DataSource admin) {
        this.session = session;
        this.application = application;
        this.placed = placed;
        this.admin = admin;
    }

    DataSource application() {
        return application;
    }

    @Override
    public Connection getConnection() throws SQLException {
        boolean unscoped = session.needsAdmin();
        if (placed != null && !unscoped) {
            return placed.take();
        }
        Connection raw = (unscoped && admin != null ? admin : application).getConnection();
        try {
            return unscoped ? session.adminConnection(raw) : session.tenantConnection(raw, null);
        } catch (SQLException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("Which role a connection has depends on the open scope, and not on a"
                + " user name. Call getConnection() without one.");
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
