package dev.boundary.testing.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Creates the roles of test databases on a server. Safe for use by several threads. */
final class RoleFactory {

    private static final String ONE_RUN_AT_A_TIME =
            "select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('dev.boundary.testing.roles'))";

    private static final String HAS_ATTRIBUTES = """
            select rolcanlogin and not rolsuper and not rolbypassrls and not rolcreatedb and rolcreaterole = ?
            from pg_catalog.pg_roles where rolname = ?
            """;

    /** How a role compares with what it should be. */
    private enum State {
        MISSING,
        DIFFERENT,
        AS_REQUIRED
    }

    private final RunningServer server;

    /** Roles that have this run's password. */
    private final Set<String> ready = ConcurrentHashMap.newKeySet();

    RoleFactory(RunningServer server) {
        this.server = server;
    }

    /** Creates roles, or gives existing ones the attributes and the password that they should have. */
    void create(TestRoles roles) throws SQLException {
        List<String> names = List.of(roles.owner(), roles.application(), roles.admin());
        try (Connection connection = server.access().maintenance().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(ONE_RUN_AT_A_TIME); // several may share the server
            for (String role : names) {
                create(statement, role, role.equals(roles.owner()));
            }
            connection.commit();
        }
        ready.addAll(names);
    }

    private void create(Statement statement, String role, boolean createsRoles) throws SQLException {
        State state = state(statement.getConnection(), role, createsRoles);
        // A role that is ready stays untouched: two tests at once would alter the same row of the catalog.
        if (state == State.AS_REQUIRED && ready.contains(role)) {
            return;
        }
        statement.execute((state == State.MISSING ? "create role " : "alter role ") + TestDatabase.quoted(role)
                + " login nosuperuser nobypassrls nocreatedb " + (createsRoles ? "createrole" : "nocreaterole")
                + " password '" + server.rolePassword() + "'");
    }

    private static State state(Connection connection, String role, boolean createsRoles) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HAS_ATTRIBUTES)) {
            statement.setBoolean(1, createsRoles);
            statement.setString(2, role);
            try (ResultSet rows = statement.executeQuery()) {
                return !rows.next() ? State.MISSING : rows.getBoolean(1) ? State.AS_REQUIRED : State.DIFFERENT;
            }
        }
    }
}
