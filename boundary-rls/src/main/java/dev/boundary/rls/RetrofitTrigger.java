package dev.boundary.rls;

import static dev.boundary.rls.PlpgsqlBlock.lines;
import static dev.boundary.rls.PlpgsqlBlock.retryingLocks;

import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.rls.internal.sql.SqlFile;
import dev.boundary.rls.internal.sql.SqlTemplate;
import java.util.List;

/**
 * The trigger that gives a row its tenant while writers do not name it yet.
 *
 * @param table the table
 * @param tenantColumn its column with the tenant key
 */
record RetrofitTrigger(TableName table, String tenantColumn) {

    private static final SqlFile SQL = SqlFile.of(RetrofitTrigger.class);

    /** PL/pgSQL; the expression finds what the caller's search path leads it to. */
    String createFromExpression(String expression) {
        String source = SQL.template("source-is-expression")
                .literal("expression", "(" + expression + ")")
                .fill();
        return create(source, PlpgsqlBlock.RESTORE_PATH);
    }

    /** PL/pgSQL; the tenant is that of the row that the foreign key refers to. */
    String createFromParent(List<String> foreignKeyColumns, String parentTenantColumn) {
        String source = SQL.template("source-is-parent")
                .textArray("columns", foreignKeyColumns)
                .fragment("size", String.valueOf(foreignKeyColumns.size()))
                .literal("parentTenantColumn", parentTenantColumn)
                .literal("rowName", Quoting.identifier(table.table()))
                .literal("table", table.toString())
                .literal("names", String.join(", ", foreignKeyColumns))
                .fill();
        return create(source, "");
    }

    private String create(String source, String path) {
        String create = SQL.template("create")
                .fragment("path", path)
                .literal("function", functionName())
                .literal("tenantColumn", tenantColumn)
                .literal("rowName", Quoting.identifier(table.table()))
                .fragment("pinPath", PlpgsqlBlock.PIN_PATH)
                .fill();
        String dropFunction = SQL.template("drop-function")
                .identifier("function", functionName())
                .fill();
        String body = lines(
                create,
                RollbackLog.step(dropFunction),
                RollbackLog.step(onTable("drop-if-exists", table).fill()));
        return SQL.template("create-if-missing")
                .fragment("source", source)
                .fragment("create", retryingLocks(body))
                .fill();
    }

    private String functionName() {
        return "retrofit_" + Digest.of(table.quoted());
    }

    /** PL/pgSQL that stops a change of a table without the trigger; needs {@code rel}. */
    static String exists(TableName table) {
        return SQL.template("exists").literal("table", table.toString()).fill();
    }

    static ChangeStep drop(TableName table) {
        String declarations = SQL.template("drop-declarations")
                .literal("table", table.quoted())
                .fill();
        return ChangeStep.of(
                "",
                SQL.text("remember"),
                new PlpgsqlBlock(declarations, onTable("drop", table).fill()).sql());
    }

    private static SqlTemplate onTable(String name, TableName table) {
        return SQL.template(name).fragment("table", table.quoted());
    }
}
