package dev.boundary.rls.internal.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks PostgreSQL whether the connected role can bypass row-level security.
 *
 * <p>This is the commonest real failure of row-level security: the application or its tests connect as a superuser, as
 * a role with {@code BYPASSRLS}, as the owner of a table without {@code FORCE}, or as a member of such a role, and
 * every policy is void (PostgreSQL manual, section 5.9 "Row Security Policies").
 */
public final class RoleBypass {

    // A role reaches another by membership, also without inheriting: SET ROLE is enough. From 16 on a membership may
    // deny SET; a role that neither inherits nor may SET gains nothing, but it is reported too: ADMIN gets the rest.
    private static final String REACHABLE_ROLES = """
            with recursive reachable(oid) as (
              select r.oid from pg_catalog.pg_roles r where r.rolname in (current_user, session_user)
              union
              select m.roleid from pg_catalog.pg_auth_members m join reachable on m.member = reachable.oid)
            """;

    private static final String POWERFUL_ROLES = REACHABLE_ROLES + """
            select r.rolname, r.rolsuper, r.rolname in (current_user, session_user)
            from pg_catalog.pg_roles r join reachable on r.oid = reachable.oid
            where r.rolsuper or r.rolbypassrls
            order by r.rolname
            """;

    private static final String OWNED_TABLES = REACHABLE_ROLES + """
            select pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname), r.rolname
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join reachable on reachable.oid = c.relowner
            join pg_catalog.pg_roles r on r.oid = c.relowner
            where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
              and n.nspname !~ '^pg_(toast|temp)'
            order by 1
            """;

    private RoleBypass() {}

    /**
     * Lists every way in which the connected role can get around policies. It sends four statements and changes
     * nothing.
     *
     * @param connection an open connection of the role in question
     * @return one sentence for each way, with what to do about it; empty if there is none
     * @throws SQLException if the catalog cannot be read
     */
    public static List<String> find(Connection connection) throws SQLException {
        List<String> findings = new ArrayList<>();
        String role = single(connection, "select current_user::text");
        addPowerfulRoles(connection, role, findings);
        addOwnedTables(connection, role, findings);
        if (!"on".equals(single(connection, "select pg_catalog.current_setting('row_security')"))) {
            findings.add("row_security is off for role " + role
                    + ", so protected tables raise an error instead of filtering. Run: ALTER ROLE " + role
                    + " RESET row_security, and look for it in the connection's options.");
        }
        return findings;
    }

    private static void addPowerfulRoles(Connection connection, String role, List<String> findings)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(POWERFUL_ROLES);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String attribute = rows.getBoolean(2) ? "SUPERUSER" : "BYPASSRLS";
                findings.add(
                        rows.getBoolean(3)
                                ? "Role " + rows.getString(1) + " has " + attribute
                                        + ", so no policy applies to it. Connect as a role without it."
                                : "Role " + role + " is a member of " + rows.getString(1) + ", which has " + attribute
                                        + ", so it can bypass every policy by SET ROLE. Revoke the membership.");
            }
        }
    }

    private static void addOwnedTables(Connection connection, String role, List<String> findings) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OWNED_TABLES);
                ResultSet rows = statement.executeQuery()) {
            List<String> tables = new ArrayList<>();
            while (rows.next()) {
                tables.add(rows.getString(1) + " (owner " + rows.getString(2) + ")");
            }
            if (!tables.isEmpty()) {
                findings.add("Role " + role + " owns tables, or is a member of their owner, and an owner can drop a"
                        + " policy: " + String.join(", ", tables)
                        + ". Let another role own them, and revoke the membership.");
            }
        }
    }

    private static String single(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                throw new SQLException("No row from: " + sql);
            }
            return rows.getString(1);
        }
    }
}
