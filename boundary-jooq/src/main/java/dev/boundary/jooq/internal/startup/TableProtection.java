package dev.boundary.jooq.internal.startup;

import dev.boundary.jooq.schema.ClassifiedTable;
import dev.boundary.jooq.schema.TenantSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Whether every table with tenants' rows is protected for the connected role. */
final class TableProtection {

    // For each command the role needs a restrictive policy (the floor): permissive ones alone can be widened by one
    // more. polroles holds 0 for PUBLIC.
    private static final String PROTECTION = """
            select c.oid is not null, c.relrowsecurity, c.relforcerowsecurity,
              (select pg_catalog.string_agg(command.name, ', ' order by command.name)
               from (values ('r', 'SELECT'), ('a', 'INSERT'), ('w', 'UPDATE'), ('d', 'DELETE')) command (code, name)
               where not exists (
                 select from pg_catalog.pg_policy p
                 where p.polrelid = c.oid and not p.polpermissive and p.polcmd::text in ('*', command.code)
                   and exists (select from pg_catalog.unnest(p.polroles) r
                               where r = 0 or pg_catalog.pg_has_role(r, 'USAGE'))))
            from (select pg_catalog.to_regclass(?) as oid) t
            left join pg_catalog.pg_class c on c.oid = t.oid
            """;

    private TableProtection() {}

    static List<String> find(Connection connection, TenantSchema schema) throws SQLException {
        List<String> findings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(PROTECTION)) {
            for (ClassifiedTable table : schema.tables()) {
                if (table.classification().hasTenantRows()) {
                    String name = DSL.using(SQLDialect.POSTGRES).render(table.name());
                    statement.setString(1, name);
                    try (ResultSet row = statement.executeQuery()) {
                        row.next();
                        addFindings(name, row, findings);
                    }
                }
            }
        }
        return findings;
    }

    private static void addFindings(String table, ResultSet row, List<String> findings) throws SQLException {
        if (!row.getBoolean(1)) {
            findings.add("Table " + table + " has tenants' rows by declaration, and the database has no such table."
                    + " Run the migrations, or correct the declaration or the search_path.");
            return;
        }
        if (!row.getBoolean(2)) {
            findings.add("Row-level security is not enabled on table " + table
                    + ". Protect it with the change protectTenantTable, protectChildTable or protectMixedTable.");
            return;
        }
        if (!row.getBoolean(3)) {
            findings.add("Row-level security on table " + table + " is not forced, so its owner sees every row. Run:"
                    + " ALTER TABLE " + table + " FORCE ROW LEVEL SECURITY");
        }
        String unprotected = row.getString(4);
        if (unprotected != null) {
            findings.add("Table " + table + " has no restrictive policy of this role for " + unprotected
                    + ", so one careless permissive policy opens it. Protect it with the change protectTenantTable,"
                    + " protectChildTable or protectMixedTable.");
        }
    }
}
