package dev.boundary.rls;

import static dev.boundary.rls.PlpgsqlBlock.lines;

import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.rls.internal.sql.SqlFile;
import dev.boundary.rls.internal.sql.SqlTemplate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What PUBLIC, the application and the admin role may do with a table and with the sequences of its columns.
 *
 * @param table the table
 * @param roles the roles; the owner is not used
 */
record GrantSteps(TableName table, RoleNames roles) {

    private static final SqlFile SQL = SqlFile.of(GrantSteps.class);
    private static final String OWNED_SEQUENCES = SQL.text("owned-sequences");

    /** Remembers what PUBLIC and the roles may do on {@code rel} and on the sequences of its columns. */
    static String remember(RoleNames roles) {
        List<String> names = List.of(roles.application(), roles.admin());
        return SQL.template("remember")
                .textArray("roles", names)
                .literal("grantees", Quoting.identifiers(names))
                .fragment("ownedSequences", OWNED_SEQUENCES)
                .fill();
    }

    /**
     * Grants to the application role what is asked for, UPDATE on every column but the fixed ones, to the admin role
     * all row access, and to PUBLIC nothing. Nobody gets TRUNCATE, REFERENCES, TRIGGER or MAINTAIN: policies do not
     * cover them.
     */
    ChangeStep grant(Set<TablePrivilege> privileges, List<String> fixedColumns) {
        boolean columnwise = privileges.contains(TablePrivilege.UPDATE) && !fixedColumns.isEmpty();
        String block = new PlpgsqlBlock(
                        SQL.template("declarations")
                                .literal("table", table.quoted())
                                .textArray("fixedColumns", fixedColumns)
                                .fill(),
                        lines(
                                sequences("revoke-sequences"),
                                columnwise ? updateColumns() : "",
                                privileges.contains(TablePrivilege.INSERT) ? sequences("grant-sequences") : ""))
                .sql();
        List<String> onTable = onTable(columnwise ? without(TablePrivilege.UPDATE, privileges) : privileges);
        return new ChangeStep(
                "",
                remember(roles),
                Stream.concat(onTable.stream(), Stream.of(block)).toList());
    }

    private List<String> onTable(Set<TablePrivilege> privileges) {
        String application = Quoting.identifier(roles.application());
        String admin = Quoting.identifier(roles.admin());
        String revoke = on("revoke")
                .fragment("application", application)
                .fragment("admin", admin)
                .fill();
        String all = granted(TablePrivilege.ALL, admin);
        return privileges.isEmpty() ? List.of(revoke, all) : List.of(revoke, granted(privileges, application), all);
    }

    private String granted(Set<TablePrivilege> privileges, String role) {
        return on("grant")
                .fragment("privileges", TablePrivilege.sql(privileges))
                .fragment("role", role)
                .fill();
    }

    private SqlTemplate on(String statement) {
        return SQL.template(statement).fragment("table", table.quoted());
    }

    private static Set<TablePrivilege> without(TablePrivilege privilege, Set<TablePrivilege> privileges) {
        Set<TablePrivilege> rest = EnumSet.copyOf(privileges);
        rest.remove(privilege);
        return rest;
    }

    private String updateColumns() {
        return SQL.template("grant-update")
                .literal("table", table.quoted())
                .literal("application", Quoting.identifier(roles.application()))
                .fill();
    }

    private String sequences(String template) {
        return SQL.template(template)
                .fragment("ownedSequences", OWNED_SEQUENCES)
                .literal("application", Quoting.identifier(roles.application()))
                .literal("admin", Quoting.identifier(roles.admin()))
                .fill();
    }
}
