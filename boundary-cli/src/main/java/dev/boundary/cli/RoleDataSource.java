package dev.boundary.cli;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Connections of one role, each a new one, so that nothing of one tenant's session remains for the next. Asks for the
 * password once, if there is a terminal. Safe for use by several threads.
 */
final class RoleDataSource implements DataSource {

    /** The address is in the properties. */
    private static final String URL = "jdbc:postgresql://";

    /** The password is missing or wrong: the only errors after which a prompt helps. */
    private static final Set<String> WRONG_PASSWORD = Set.of("28P01", "28000", "08004");

    private final Properties properties;
    private final CliEnvironment cliEnvironment;
    private boolean asked;

    RoleDataSource(Properties properties, CliEnvironment cliEnvironment) {
        this.properties = copyOf(properties);
        this.properties.setProperty(PGProperty.APPLICATION_NAME.getName(), "boundary");
        this.cliEnvironment = cliEnvironment;
    }

    /** The same, for reading only. */
    RoleDataSource readOnly() {
        Properties copy = copy();
        copy.setProperty(PGProperty.READ_ONLY.getName(), "true");
        return new RoleDataSource(copy, cliEnvironment);
    }

    /** The role, or null if it is the login of the user. */
    @Nullable
    String role() {
        return properties.getProperty(PGProperty.USER.getName());
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return open();
        } catch (SQLException e) {
            if (!isPasswordMissing(e)) {
                throw e;
            }
            ask();
            return open();
        }
    }

    private boolean isPasswordMissing(SQLException error) {
        return cliEnvironment.isInteractive()
                && WRONG_PASSWORD.contains(String.valueOf(error.getSQLState()))
                && mayAsk();
    }

    private synchronized Properties copy() {
        return copyOf(properties);
    }

    private static Properties copyOf(Properties properties) {
        Properties copy = new Properties();
        copy.putAll(properties);
        return copy;
    }

    private synchronized boolean mayAsk() {
        return !asked;
    }

    /** Asks for the password now. */
    synchronized void ask() {
        asked = true;
        String role = role();
        char[] password = cliEnvironment.readPassword("Password" + (role == null ? "" : " of " + role) + ": ");
        if (password == null) {
            throw new IllegalArgumentException("There is no terminal to ask for the password on. Put it into PGPASSWORD"
                    + " (BOUNDARY_APP_PASSWORD for the application role) or ~/.pgpass.");
        }
        properties.setProperty(PGProperty.PASSWORD.getName(), new String(password));
    }

    private Connection open() throws SQLException {
        Connection connection = new Driver().connect(URL, copy());
        if (connection == null) {
            throw new SQLException("The driver does not know the URL");
        }
        return connection;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The role is chosen already");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        // Nothing is written to it.
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("Use the property loginTimeout");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("Not a wrapper of " + type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
