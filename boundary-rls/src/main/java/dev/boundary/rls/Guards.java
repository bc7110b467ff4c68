package dev.boundary.rls;

import dev.boundary.rls.internal.sql.SqlFile;

/** PL/pgSQL that stops a change of the database before it has changed anything, with a message that says what to do. */
final class Guards {

    private static final SqlFile SQL = SqlFile.of(Guards.class);

    private Guards() {}

    static String installed() {
        return SQL.text("installed");
    }

    /** The role exists; {@code attribute} is the attribute of the change that names it. */
    static String role(String attribute, String role) {
        return SQL.template("role")
                .literal("role", role)
                .literal("attribute", attribute)
                .fill();
    }
}
