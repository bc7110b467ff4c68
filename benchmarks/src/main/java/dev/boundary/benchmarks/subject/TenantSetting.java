package dev.boundary.benchmarks.subject;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Sets the session variable in a statement of its own, for the subjects that do it the usual way. */
final class TenantSetting {

    private static final String SET = "select set_config('" + SessionVariable.DEFAULT.name() + "', ?, false)";

    private TenantSetting() {}

    /** Sets it to the current tenant, or to none outside any scope, until it is set again. */
    static void set(Connection connection) throws SQLException {
        set(
                connection,
                TenantContext.current().isPresent()
                        ? TenantContext.requireTenant().asText()
                        : "");
    }

    /** Takes the tenant away. */
    static void reset(Connection connection) throws SQLException {
        set(connection, "");
    }

    private static void set(Connection connection, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SET)) {
            statement.setString(1, value);
            statement.execute();
        }
    }
}
