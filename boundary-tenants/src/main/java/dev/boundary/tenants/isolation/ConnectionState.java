package dev.boundary.tenants.isolation;

import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was set on a connection before a migration, which may set whatever it likes.
 *
 * @param role the role that was chosen, or "none"
 * @param settings what was set for the session, by the driver or a pool's initial statement: a JSON object
 */
record ConnectionState(@Nullable String role, @Nullable String settings) {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionState.class);
    private static final SqlFile SQL = SqlFile.of(ConnectionState.class);

    static ConnectionState of(Connection connection) throws SQLException {
        List<@Nullable String> row = Jdbc.rows(connection, SQL.text("state")).getFirst();
        return new ConnectionState(row.get(0), row.get(1));
    }

    /** Takes back what would hinder the rest of the work, in the migration's transaction or the next. */
    void restore(Connection connection) throws SQLException {
        Jdbc.run(connection, "set transaction read write");
        Jdbc.run(connection, "reset all");
        Jdbc.run(connection, SQL.text("set-role"), role);
    }

    /** Resets everything, sets what had been set, and says whether the connection is then as it was. */
    boolean leave(Connection connection) {
        try {
            Jdbc.run(connection, "discard all");
            Jdbc.run(connection, SQL.text("set-all"), settings);
            Jdbc.run(connection, SQL.text("set-role"), role);
            return equals(of(connection));
        } catch (SQLException e) {
            LOG.debug("A connection that a migration has used cannot be reset, so it is closed", e);
            return false;
        }
    }
}
