package dev.boundary.cli;

import dev.boundary.core.UnsafeDatabaseException;
import dev.boundary.rls.internal.catalog.RoleBypass;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Whether a role sees one tenant's rows at a time. */
final class ApplicationRole {

    /**
     * Protected tables on which nothing restricts the role: no row-level security, or a policy that lets it see all.
     */
    private static final String OPEN_TABLES = """
            select pg_catalog.quote_ident(t.schema_name) || '.' || pg_catalog.quote_ident(t.table_name), c.relrowsecurity
            from boundary.protected_table t
            join pg_catalog.pg_namespace n on n.nspname = t.schema_name
            join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = t.table_name
            where pg_catalog.has_table_privilege(c.oid, 'SELECT')
              and (not c.relrowsecurity
                or exists (select from pg_catalog.pg_policy p
                    where p.polrelid = c.oid and p.polpermissive
                      and pg_catalog.pg_get_expr(p.polqual, p.polrelid) = 'true'
                      and exists (select from pg_catalog.unnest(p.polroles) r
                        where r = 0 or pg_catalog.pg_has_role(current_user, r, 'MEMBER')))
                  and not exists (select from pg_catalog.pg_policy f
                    where f.polrelid = c.oid and not f.polpermissive
                      and exists (select from pg_catalog.unnest(f.polroles) r
                        where r = 0 or pg_catalog.pg_has_role(current_user, r, 'USAGE'))))
            order by 1""";

    private ApplicationRole() {}

    /**
     * Refuses a role that sees more.
     *
     * @throws UnsafeDatabaseException if it can bypass policies, or none restricts it
     */
    static void check(Connection connection, String role) throws SQLException {
        List<String> findings = new ArrayList<>(RoleBypass.find(connection));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(OPEN_TABLES)) {
            while (rows.next()) {
                findings.add(
                        rows.getBoolean(2)
                                ? "A policy on " + rows.getString(1) + " lets role " + role
                                        + " see every tenant's rows. Name the application role: --app-user."
                                : "Row-level security is off on " + rows.getString(1)
                                        + ". Run \"boundary doctor\" for what to do.");
            }
        }
        if (!findings.isEmpty()) {
            throw new UnsafeDatabaseException("role " + role, findings);
        }
    }
}
