package dev.boundary.testing.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Creates test databases on a server. Safe for use by several threads. */
final class DatabaseFactory {

    private static final int STRATEGY_SINCE = 15;

    private final RunningServer server;
    private final RoleFactory roleFactory;

    DatabaseFactory(RunningServer server) {
        this.server = server;
        this.roleFactory = new RoleFactory(server);
    }

    /**
     * Creates an empty database, and its roles.
     *
     * @param prefix how its name begins
     */
    TestDatabase empty(String prefix, TestRoles roles) throws SQLException {
        roleFactory.create(roles);
        return create(prefix, "template1", roles);
    }

    /** Creates a copy of a database that no one is connected to. */
    TestDatabase copy(TestDatabase template, TestRoles roles) throws SQLException {
        return create("test", template.name(), roles);
    }

    private TestDatabase create(String prefix, String template, TestRoles roles) throws SQLException {
        String name = prefix + "_"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        String quoted = TestDatabase.quoted(name);
        String owner = TestDatabase.quoted(roles.owner());
        String others = TestDatabase.quoted(roles.application()) + ", " + TestDatabase.quoted(roles.admin());
        try (Connection connection = server.access().maintenance().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + quoted + " template " + TestDatabase.quoted(template) + " owner "
                    + owner + strategy(connection));
        }
        // A copy keeps grants; a new database must not be open to roles of other tests.
        TestDatabase.execute(
                server.access().superuser(name),
                "revoke all on database " + quoted + " from public",
                "grant connect, temporary on database " + quoted + " to " + others,
                "alter schema public owner to " + owner,
                "revoke create on schema public from public",
                "grant usage on schema public to " + others);
        return new TestDatabase(server, name, roles);
    }

    /** Copying files takes a third less processor time than copying through the write-ahead log. */
    private static String strategy(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion() >= STRATEGY_SINCE ? " strategy file_copy" : "";
    }
}
