package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.rls.internal.sql.SqlFile;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Row-level security, defaults, NOT NULL and indexes of a table.
 *
 * @param table the table
 */
record TableSteps(TableName table) {

    private static final SqlFile SQL = SqlFile.of(TableSteps.class);

    /** The search path is pg_catalog alone when this runs, so {@code rel} prints with its schema. */
    static final String REMEMBER_ROW_SECURITY = SQL.text("remember-row-security");

    /** Row-level security, for the owner too. */
    ChangeStep rowSecurity(boolean enabled) {
        return ChangeStep.of(
                "",
                REMEMBER_ROW_SECURITY,
                SQL.template(enabled ? "enable-row-security" : "disable-row-security")
                        .fragment("table", table.quoted())
                        .fill());
    }

    /** A column default that fills in the tenant for SQL that does not name it. */
    ChangeStep tenantDefault(String column) {
        String alter = SQL.template("alter-column")
                .fragment("table", table.quoted())
                .identifier("column", column)
                .fill();
        return ChangeStep.of(
                SQL.template("column-is-not-generated")
                        .literal("column", column)
                        .literal("table", table.toString())
                        .fill(),
                SQL.template("remember-default")
                        .literal("alter", alter)
                        .literal("column", column)
                        .fill(),
                alter + " set default boundary.current_tenant_id()");
    }

    ChangeStep notNull(List<String> columns) {
        return ChangeStep.of(
                "",
                SQL.template("remember-nullable")
                        .literal("table", table.quoted())
                        .textArray("columns", columns)
                        .fill(),
                "alter table " + table.quoted() + " "
                        + columns.stream()
                                .map(column -> "alter column " + Quoting.identifier(column) + " set not null")
                                .collect(Collectors.joining(", ")));
    }

    /** An index led by the columns, unless there is one. It is built with a lock; the guide shows the online way. */
    ChangeStep index(String change, List<String> columns) {
        String declarations = SQL.template("index-declarations")
                .literal("table", table.quoted())
                .fragment("thisChange", new RollbackLog(change, table.toString()).declareNewest())
                .fill();
        String body = SQL.template("index")
                .fragment("table", table.quoted())
                .textArray("names", columns)
                .identifiers("columns", columns)
                .fragment("size", String.valueOf(columns.size()))
                .fill();
        return ChangeStep.of("", "", new PlpgsqlBlock(declarations, body).sql());
    }
}
