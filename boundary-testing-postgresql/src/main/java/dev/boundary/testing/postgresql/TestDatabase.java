package dev.boundary.testing.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One database for tests: empty, or a copy of a template. Its data sources are not pooled: each call opens a new
 * connection. Closing drops the database.
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public final class TestDatabase implements AutoCloseable {

    private final RunningServer server;
    private final String name;
    private final TestRoles roles;

    TestDatabase(RunningServer server, String name, TestRoles roles) {
        this.server = server;
        this.name = name;
        this.roles = roles;
    }

    /**
     * The database's name.
     *
     * @return the name, unquoted
     */
    public String name() {
        return name;
    }

    /**
     * The names of its roles.
     *
     * @return the names
     */
    public TestRoles roles() {
        return roles;
    }

    /**
     * The JDBC URL, without user and password.
     *
     * @return for example {@code "jdbc:postgresql://localhost:5432/test_1"}; on a server named by its URL, with the
     *     properties of that URL
     */
    public String jdbcUrl() {
        return server.access().jdbcUrl(name);
    }

    /**
     * The password of the owner, application and admin roles.
     *
     * @return the password: another one in each test run or, on a server named by its URL, the same for everyone who
     *     knows the superuser's, so that several test runs can share the server
     */
    public String password() {
        return server.rolePassword();
    }

    /**
     * Connections of the role that the service under test uses. It cannot bypass row-level security.
     *
     * @return a new data source
     */
    public PGSimpleDataSource application() {
        return dataSource(roles.application());
    }

    /**
     * Connections of the role that owns the database and runs migrations.
     *
     * @return a new data source
     */
    public PGSimpleDataSource owner() {
        return dataSource(roles.owner());
    }

    /**
     * Connections of the role for unscoped work.
     *
     * @return a new data source
     */
    public PGSimpleDataSource admin() {
        return dataSource(roles.admin());
    }

    /**
     * Connections of a superuser, who bypasses every policy: to arrange and to check, never for the code under test.
     *
     * @return a new data source
     */
    public PGSimpleDataSource superuser() {
        return server.access().superuser(name);
    }

    /**
     * Runs SQL on a new connection, in autocommit.
     *
     * @param dataSource for example {@link #owner()}
     * @param statements texts of one or more statements each
     * @throws SQLException if one fails; the effects of those before it stay
     */
    public static void execute(DataSource dataSource, String... statements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private PGSimpleDataSource dataSource(String role) {
        return server.dataSource(name, role);
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /**
     * Drops the database and ends the sessions that are still connected to it.
     *
     * @throws SQLException if PostgreSQL refuses to drop it
     */
    @Override
    public void close() throws SQLException {
        execute(server.access().maintenance(), "drop database if exists " + quoted(name) + " with (force)");
    }
}
