package dev.boundary.rls;

import static dev.boundary.rls.PlpgsqlBlock.lines;

import dev.boundary.rls.internal.sql.SqlFile;
import dev.boundary.rls.internal.sql.SqlTemplate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * PL/pgSQL that stops a change of a table before it has changed anything, with a message that says what to do. It needs
 * {@code rel regclass}, the table.
 *
 * @param table the table
 */
record TableGuards(TableName table) {

    private static final SqlFile SQL = SqlFile.of(TableGuards.class);

    /** It exists and belongs to the migrating role. */
    String owned() {
        return owned("table");
    }

    String owned(String what) {
        return named("owned").literal("what", what).fill();
    }

    String ordinary() {
        return lines(owned(), named("ordinary").fill());
    }

    String partitioned() {
        return lines(owned(), named("partitioned").fill());
    }

    /** Roles that exist, of which the application role is subject to policies. */
    String roles(RoleNames roles) {
        return lines(applicationRole(roles.application()), Guards.role("adminRole", roles.admin()));
    }

    /** An application role that bypasses policies would make them void. */
    String applicationRole(String role) {
        return lines(
                Guards.role("applicationRole", role),
                SQL.template("application-role").literal("role", role).fill());
    }

    String column(String column) {
        return named("column").literal("column", column).fill();
    }

    /** The type of the tenant column, seen through domains, is that of the installed function. */
    String tenantColumn(String column) {
        return lines(
                column(column),
                SQL.template("tenant-column")
                        .literal("column", column)
                        .literal("title", "Column \"" + column + "\" of " + table)
                        .fill(),
                deterministic(column));
    }

    /** Under another collation "acme" and "ACME" are one tenant. */
    private String deterministic(String column) {
        return named("deterministic").literal("column", column).fill();
    }

    String noRowWithoutTenant(String column) {
        return named("no-row-without-tenant")
                .literal("column", column)
                .fragment("quotedTable", table.quoted())
                .identifier("quotedColumn", column)
                .fill();
    }

    String foreignKeyColumns(List<String> columns) {
        return columns.stream()
                        .map(column -> lines(column(column), deterministic(column), noRowWithoutTenant(column)))
                        .collect(Collectors.joining("\n"))
                + "\n"
                + named("deterministic-keys").textArray("columns", columns).fill();
    }

    String nullable(String column) {
        return named("nullable").literal("column", column).fill();
    }

    String unprotected() {
        return named("unprotected")
                .literal("schemaName", table.schema())
                .literal("tableName", table.table())
                .fill();
    }

    private SqlTemplate named(String name) {
        return SQL.template(name).literal("table", table.toString());
    }
}
