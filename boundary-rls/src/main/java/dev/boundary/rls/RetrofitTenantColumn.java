package dev.boundary.rls;

import static dev.boundary.rls.PlpgsqlBlock.lines;
import static dev.boundary.rls.PlpgsqlBlock.retryingLocks;

import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.rls.internal.sql.SqlFile;
import dev.boundary.rls.internal.sql.SqlTemplate;
import java.util.List;

/**
 * Gives a populated table its tenant column while the service keeps writing: adds it nullable, fills it in by a trigger
 * for new rows and in batches for old ones, builds the index concurrently, and makes it NOT NULL by way of a check that
 * is validated apart. No step holds a lock that blocks writers for as long as a scan of the table takes; a step that
 * needs an exclusive lock for a moment gives up after two seconds of waiting and tries again.
 *
 * <p>The statements must run outside of a transaction, one by one. After a failure run them all again: what is done is
 * skipped, and the filling goes on where it stopped. {@code boundary.retrofit_progress} shows how far it is.
 *
 * <p>The trigger stays, for writers that do not name the tenant yet; protect the table next, and run
 * {@link #finish} when all of them are gone.
 *
 * @param table the table
 * @param tenantColumn the column, created if it does not exist
 * @param source where the tenant of a row comes from
 * @param batchPages how many pages of 8 kB are filled in one transaction; at least 1
 * @since 0.1
 */
public record RetrofitTenantColumn(TableName table, String tenantColumn, Source source, int batchPages)
        implements RlsChange {

    private static final SqlFile SQL = SqlFile.of(RetrofitTenantColumn.class);

    /**
     * Checks the column and the size of a batch.
     *
     * @throws IllegalArgumentException if the column's name cannot be one, or {@code batchPages} is less than 1
     */
    public RetrofitTenantColumn {
        Quoting.checkIdentifier("column", tenantColumn);
        if (batchPages < 1) {
            throw new IllegalArgumentException("batchPages is " + batchPages + ". Use 1 or more.");
        }
    }

    /** Where the tenant of a row comes from. */
    public sealed interface Source {}

    /**
     * The tenant is the value of an expression.
     *
     * @param sql SQL over the columns of the table
     */
    public record Expression(String sql) implements Source {}

    /**
     * The tenant is that of the row's parent, which has its tenant column already.
     *
     * @param foreignKeyColumns the columns of the foreign key to the parent, in any order; unmodifiable
     * @param tenantColumn the parent's tenant column
     */
    public record Parent(List<String> foreignKeyColumns, String tenantColumn) implements Source {

        /**
         * Checks the columns.
         *
         * @throws IllegalArgumentException if there is no column of the foreign key, or the tenant column's name cannot
         *     be one
         */
        public Parent {
            Quoting.checkIdentifier("column", tenantColumn);
            foreignKeyColumns = List.copyOf(foreignKeyColumns);
            if (foreignKeyColumns.isEmpty()) {
                throw new IllegalArgumentException(
                        "The parent needs the columns of the foreign key: foreignKeyColumns.");
            }
        }
    }

    /**
     * Drops the trigger that this change left for writers that do not name the tenant.
     *
     * @param table the table
     * @return the change {@code finishRetrofit}
     */
    public static RlsChange finish(TableName table) {
        return new TableChange(
                "finishRetrofit",
                table,
                lines(new TableGuards(table).owned(), RetrofitTrigger.exists(table)),
                List.of(RetrofitTrigger.drop(table)),
                "Table " + table + " is written with its tenant named, or by its default");
    }

    @Override
    public String name() {
        return "retrofitTenantColumn";
    }

    @Override
    public String object() {
        return table.toString();
    }

    @Override
    public List<String> apply() {
        RetrofitIndex index = new RetrofitIndex(table, tenantColumn);
        return List.of(
                addColumn(),
                createTrigger(),
                fill(),
                block(index.prepare()),
                index.create(),
                PlpgsqlBlock.of(index.isBuilt()),
                block(addCheck()),
                block(onTable("validate-check").fill()),
                block(setNotNull()));
    }

    private String addColumn() {
        TableGuards guards = new TableGuards(table);
        String declarations = SQL.template("declarations")
                .fragment("thisChange", "this_change bigint;")
                .literal("table", table.quoted())
                .fill();
        String body = lines(
                Guards.installed(),
                SQL.text("version-is-2"),
                guards.ordinary(),
                guards.unprotected(),
                resumeOrBegin(),
                addColumnIfMissing(),
                guards.tenantColumn(tenantColumn));
        return new PlpgsqlBlock(declarations, body).sql();
    }

    private String resumeOrBegin() {
        RollbackLog log = RollbackLog.of(this);
        return SQL.template("resume-or-begin")
                .fragment("newest", log.newest())
                .fragment("begin", log.begin())
                .fragment(
                        "forgetProgress",
                        RollbackLog.step(progress("delete-progress").fill()))
                .fill();
    }

    private String addColumnIfMissing() {
        String add = SQL.template("add-column")
                .literal("table", table.quoted())
                .literal("column", Quoting.identifier(tenantColumn))
                .fill();
        String drop = onTable("drop-column").identifier("column", tenantColumn).fill();
        return SQL.template("add-column-if-missing")
                .literal("column", tenantColumn)
                .fragment("pinPath", PlpgsqlBlock.PIN_PATH)
                .fragment("addColumn", retryingLocks(lines(add, RollbackLog.step(drop))))
                .fill();
    }

    private String createTrigger() {
        RetrofitTrigger trigger = new RetrofitTrigger(table, tenantColumn);
        String create = switch (source) {
            case Expression(String sql) -> trigger.createFromExpression(sql);
            case Parent(List<String> columns, String parentColumn) -> trigger.createFromParent(columns, parentColumn);
        };
        String declarations = lines(resume(), SQL.text("trigger-declarations"));
        return new PlpgsqlBlock(
                        declarations, lines(create, progress("insert-progress").fill()))
                .sql();
    }

    /**
     * By ranges of pages, which needs no index and reads each page once. Rows added since were filled by the trigger.
     * The expression and the table's own triggers find what the caller's search path leads them to.
     */
    private String fill() {
        String declarations = lines(resume(), SQL.text("fill-declarations"));
        String body = progress("fill")
                .literal("table", table.quoted())
                .literal("column", tenantColumn)
                .fragment("batchPages", String.valueOf(batchPages))
                .fragment("restorePath", PlpgsqlBlock.RESTORE_PATH)
                .fragment("pinPath", PlpgsqlBlock.PIN_PATH)
                .fill();
        return new PlpgsqlBlock(declarations, body).sql();
    }

    private String addCheck() {
        String add = lines(
                onTable("add-check").identifier("column", tenantColumn).fill(),
                RollbackLog.step(onTable("drop-check-if-exists").fill()));
        return SQL.template("add-check-if-missing")
                .literal("column", tenantColumn)
                .fragment("addCheck", retryingLocks(add))
                .fill();
    }

    /** The validated check spares SET NOT NULL its scan. */
    private String setNotNull() {
        String set = lines(
                onTable("set-not-null").identifier("column", tenantColumn).fill(),
                RollbackLog.step(onTable("drop-not-null")
                        .identifier("column", tenantColumn)
                        .fill()));
        return SQL.template("if-checked")
                .fragment("setNotNull", retryingLocks(set))
                .fill();
    }

    private String block(String body) {
        return new PlpgsqlBlock(resume(), body).sql();
    }

    private String resume() {
        return SQL.template("declarations")
                .fragment("thisChange", RollbackLog.of(this).declareNewest())
                .literal("table", table.quoted())
                .fill();
    }

    private SqlTemplate onTable(String name) {
        return SQL.template(name).fragment("table", table.quoted());
    }

    private SqlTemplate progress(String name) {
        return SQL.template(name).literal("schemaName", table.schema()).literal("tableName", table.table());
    }

    @Override
    public List<String> rollback() {
        return RollbackLog.of(this).restore();
    }

    @Override
    public String confirmation() {
        return "Each row of " + table + " has its tenant in " + tenantColumn;
    }
}
