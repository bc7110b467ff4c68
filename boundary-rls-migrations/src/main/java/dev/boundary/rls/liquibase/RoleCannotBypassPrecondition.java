package dev.boundary.rls.liquibase;

import dev.boundary.rls.RoleNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import liquibase.database.Database;

/**
 * {@code roleCannotBypass}: the role is there, and neither it nor a role that it is a member of is a superuser, has
 * BYPASSRLS or owns a protected table.
 */
public final class RoleCannotBypassPrecondition extends BoundaryPrecondition {

    private static final String FIND = """
            with recursive reachable(oid) as (
              select oid from pg_catalog.pg_roles where rolname operator(pg_catalog.=) ?::pg_catalog.name
              union
              select m.roleid from pg_catalog.pg_auth_members m join reachable r on m.member = r.oid)
            select pg_catalog.format('%s is a superuser', r.rolname)
            from reachable x join pg_catalog.pg_roles r on r.oid = x.oid where r.rolsuper
            union all
            select pg_catalog.format('%s has BYPASSRLS', r.rolname)
            from reachable x join pg_catalog.pg_roles r on r.oid = x.oid where r.rolbypassrls
            union all
            select pg_catalog.format('%s owns %s', r.rolname, c.oid::pg_catalog.regclass)
            from reachable x join pg_catalog.pg_roles r on r.oid = x.oid
            join pg_catalog.pg_class c on c.relowner = x.oid
            where c.relkind operator(pg_catalog.=) any ('{r,p}'::"char"[]) and c.relrowsecurity
            """;

    /** For Liquibase. */
    public RoleCannotBypassPrecondition() {
        super("roleName");
    }

    @Override
    public String getName() {
        return "roleCannotBypass";
    }

    @Override
    void checkAttributes(Database database) {
        // The one attribute has a default.
    }

    @Override
    List<String> find(Database database, Connection connection) throws SQLException {
        String role = BoundaryChange.orElse(value("roleName"), RoleNames.DEFAULT.application());
        if (one(
                        connection,
                        "select rolname from pg_catalog.pg_roles"
                                + " where rolname operator(pg_catalog.=) ?::pg_catalog.name",
                        role)
                .isEmpty()) {
            return List.of("there is no role \"" + role + "\"");
        }
        return one(connection, FIND, role);
    }

    private static List<String> one(Connection connection, String sql, String role) throws SQLException {
        List<String> findings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, role);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    findings.add(rows.getString(1));
                }
            }
        }
        return findings;
    }
}
