package dev.boundary.cli;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKeyType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What {@code boundary.installation} says.
 *
 * @param variable the setting that policies read
 * @param keyType the type of the tenant keys
 */
record Installation(SessionVariable variable, TenantKeyType keyType) {

    private static final String MAY_READ = """
            select pg_catalog.current_database()::text, current_user::text,
              pg_catalog.to_regnamespace('boundary') is not null,
              coalesce(pg_catalog.has_schema_privilege(pg_catalog.to_regnamespace('boundary'), 'USAGE'), false)
                and exists (select from pg_catalog.pg_class c
                  where c.relnamespace = pg_catalog.to_regnamespace('boundary') and c.relname = 'installation'
                    and pg_catalog.has_table_privilege(c.oid, 'SELECT'))""";

    /** Reads it, or says what is missing. */
    static Installation read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            check(statement);
            try (ResultSet row =
                    statement.executeQuery("select session_variable, tenant_key_type from boundary.installation")) {
                if (!row.next()) {
                    throw CommandFailedException.database(
                            "boundary.installation is empty: Boundary's installation was not"
                                    + " finished. Run the change installBoundary again.");
                }
                return new Installation(
                        new SessionVariable(row.getString(1)), TenantKeyType.ofSqlName(row.getString(2)));
            }
        }
    }

    private static void check(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(MAY_READ)) {
            row.next();
            if (!row.getBoolean(3)) {
                throw CommandFailedException.database("Boundary is not installed in database " + row.getString(1)
                        + ". Run the change installBoundary, or what \"boundary script\" prints.");
            }
            if (!row.getBoolean(4)) {
                throw CommandFailedException.database(
                        "Role " + row.getString(2) + " may not read boundary.installation."
                                + " Connect as another role, or run the change createBoundaryRoles for this one.");
            }
        }
    }
}
