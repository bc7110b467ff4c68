package dev.boundary.rls;

import static dev.boundary.rls.PlpgsqlBlock.lines;
import static dev.boundary.rls.PlpgsqlBlock.nested;

import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.rls.internal.sql.SqlFile;
import dev.boundary.rls.internal.sql.SqlTemplate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key that names the tenant on both sides, so that no row can point at, or learn of, another tenant's row,
 * and no cascade crosses over.
 *
 * @param table the referring table
 * @param tenantColumn its tenant column
 * @param columns its other columns
 * @param target what it refers to
 * @param constraintName the name; null for the existing one's, or one made from the columns
 */
record TenantForeignKey(
        TableName table,
        String tenantColumn,
        List<String> columns,
        Target target,
        @Nullable String constraintName) {

    private static final SqlFile SQL = SqlFile.of(TenantForeignKey.class);

    /**
     * What the foreign key refers to.
     *
     * @param table the table; null to take it from the existing foreign key on the columns
     * @param tenantColumn the tenant column there
     * @param columns the other columns there; empty to take them from the existing foreign key
     */
    record Target(@Nullable TableName table, String tenantColumn, List<String> columns) {

        void checkFits(List<String> referring) {
            if (!columns.isEmpty() && (table == null || columns.size() != referring.size())) {
                throw new IllegalArgumentException("The referenced columns " + columns + " do not fit the columns "
                        + referring + ". Name the referenced table and as many columns, or neither.");
            }
        }
    }

    ChangeStep step() {
        String declarations = SQL.text("declarations");
        String resolved = lines(find(), resolve(), check());
        String rel = SQL.template("apply-declarations")
                .literal("table", table.quoted())
                .fragment("declarations", declarations)
                .fill();
        return ChangeStep.of(
                nested(declarations, resolved),
                nested(declarations, lines(resolved, remember())),
                new PlpgsqlBlock(rel, lines(resolved, replace())).sql());
    }

    List<String> indexColumns() {
        return Stream.concat(Stream.of(tenantColumn), columns.stream()).toList();
    }

    private String find() {
        return SQL.template("find")
                .textArray("columns", columns)
                .fragment("size", String.valueOf(columns.size()))
                .fragment("refersToTarget", refersToTarget())
                .fill();
    }

    private String refersToTarget() {
        return target.table() == null
                ? ""
                : SQL.template("refers-to-target")
                        .fragment("target", regclass(target.table()))
                        .fill();
    }

    private String resolve() {
        return SQL.template("resolve")
                .fragment("target", target.table() == null ? "old.target" : regclass(target.table()))
                .fragment(
                        "targetColumns",
                        target.columns().isEmpty() ? "old.target_columns" : Quoting.textArray(target.columns()))
                .fragment("name", constraintName == null ? "old.conname::text" : Quoting.literal(constraintName))
                .literal("nameOfColumns", table.table() + "_" + tenantColumn + "_" + String.join("_", columns))
                .literal("setNull", " on delete set null (" + Quoting.identifiers(columns) + ")")
                .literal("setDefault", " on delete set default (" + Quoting.identifiers(columns) + ")")
                .fill();
    }

    private String check() {
        return SQL.template("check")
                .literal("table", table.toString())
                .literal("columns", String.join(", ", columns))
                .literal("tenantColumn", tenantColumn)
                .literal("targetTenantColumn", target.tenantColumn())
                .fill();
    }

    /** FORCE would hide the rows from the owner while the old key is checked again. */
    private String remember() {
        // The statement is a format string itself.
        String restore = forced(
                        "restore",
                        SQL.text("force-off").replace("%", "%%"),
                        SQL.text("force-on").replace("%", "%%"))
                .fill();
        return SQL.template("remember")
                .literal("restore", restore)
                .literal("quotedTable", table.quoted())
                .fill();
    }

    /** PostgreSQL checks existing rows with the owner's query; under FORCE it would see none and accept anything. */
    private String replace() {
        return forced("replace", SQL.text("force-off"), SQL.text("force-on"))
                .literal("tenantColumn", tenantColumn)
                .literal("columns", Quoting.identifiers(columns))
                .literal("targetTenantColumn", target.tenantColumn())
                .fill();
    }

    private static SqlTemplate forced(String template, String off, String on) {
        return SQL.template(template).fragment("forceOff", off).fragment("forceOn", on);
    }

    private static String regclass(TableName table) {
        return "pg_catalog.to_regclass(" + Quoting.literal(table.quoted()) + ")";
    }
}
