package dev.boundary.testing.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a server whether tests can use it.
 *
 * @param access how to reach it
 * @param provider where it comes from, for the log
 * @param version the major version that it must have, or empty for any
 */
record ServerCheck(ServerAccess access, String provider, String version) {

    private static final Logger LOG = LoggerFactory.getLogger(ServerCheck.class);
    private static final int OLDEST = 14;

    private static final String STATE = """
            select pg_catalog.current_setting('server_version_num')::pg_catalog.int4 / 10000,
              (select rolsuper from pg_catalog.pg_roles where rolname = current_user)
            """;

    /**
     * The major version that this test run requires.
     *
     * @return the version, or empty for any
     * @throws IllegalStateException if the setting is no major version
     */
    static String requiredVersion() {
        String version = Setting.VERSION.value();
        if (version == null) {
            return "";
        }
        if (!version.strip().matches("[1-9][0-9]")) {
            throw new IllegalStateException("\"" + version + "\" (" + Setting.VERSION
                    + ") is no major version of PostgreSQL. Use for example 18.");
        }
        return version.strip();
    }

    /** Why tests cannot use the server and what to do, as sentences; empty if they can. */
    String obstacle() {
        try (Connection connection = access.maintenance().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(STATE)) {
            row.next();
            return obstacle(row.getInt(1), row.getBoolean(2));
        } catch (SQLException e) {
            LOG.debug("PostgreSQL from provider {} does not answer", provider, e);
            return "It cannot be reached at " + access + " as \"" + access.superuser() + "\": " + e.getMessage();
        }
    }

    private String obstacle(int major, boolean superuser) {
        if (major < OLDEST) {
            return "It is PostgreSQL " + major + ". Boundary requires " + OLDEST + " or later.";
        }
        if (!version.isEmpty() && !version.equals(Integer.toString(major))) {
            return "It is PostgreSQL " + major + ", and " + version + " was asked for (" + Setting.VERSION + ").";
        }
        return superuser
                ? ""
                : "The user \"" + access.superuser()
                        + "\" is no superuser and cannot create databases and roles for tests. Use one that is.";
    }
}
