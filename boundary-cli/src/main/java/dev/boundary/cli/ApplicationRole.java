package dev.boundary.cli;

import dev.boundary.core.UnsafeDatabaseException;
import dev.boundary.rls.internal.catalog.RoleBypass;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The role of a connection, which must see one tenant's rows at a time. */
record ApplicationRole(Connection connection, String name) {

    private static final SqlFile SQL = SqlFile.of(ApplicationRole.class);

    /**
     * Refuses a role that sees more.
     *
     * @throws UnsafeDatabaseException if it can bypass policies, or no policy restricts it
     */
    void check() throws SQLException {
        List<String> findings = new ArrayList<>(RoleBypass.find(connection));
        for (List<@Nullable String> table : Jdbc.rows(connection, SQL.text("open-tables"))) {
            findings.add("t".equals(table.get(1)) ? wideOpen(table.get(0)) : unprotected(table.get(0)));
        }
        if (!findings.isEmpty()) {
            throw new UnsafeDatabaseException("role " + name, findings);
        }
    }

    private String wideOpen(@Nullable String table) {
        return "A policy on " + table + " lets role " + name
                + " see every tenant's rows. Name the application role: --app-user.";
    }

    private static String unprotected(@Nullable String table) {
        return "Row-level security is off on " + table + ". \"boundary doctor\" says how to fix it.";
    }
}
