package dev.boundary.rls.internal.catalog;

import dev.boundary.rls.internal.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;

/** What the connected role may read. */
public final class ReadAccess {

    private ReadAccess() {}

    /**
     * Whether a table is there and the role may read it.
     *
     * @param connection the connection
     * @param schema the table's schema, unquoted
     * @param table the table's name, unquoted
     * @return true if it may
     * @throws SQLException if the catalog cannot be read
     */
    public static boolean canRead(Connection connection, String schema, String table) throws SQLException {
        return Jdbc.number(
                        connection,
                        "select pg_catalog.count(*) from pg_catalog.pg_class c"
                                + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                                + " where n.nspname = ? and c.relname = ?"
                                + " and pg_catalog.has_schema_privilege(n.oid, 'USAGE')"
                                + " and pg_catalog.has_table_privilege(c.oid, 'SELECT')",
                        schema,
                        table)
                == 1;
    }
}
