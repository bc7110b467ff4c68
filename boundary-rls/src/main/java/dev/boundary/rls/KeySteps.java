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
 * Primary and unique keys with the tenant in front. Policies do not apply to keys: one without the tenant tells one
 * tenant that another has a value.
 *
 * @param table the table
 * @param tenantColumn its column with the tenant key
 */
record KeySteps(TableName table, String tenantColumn) {

    private static final SqlFile SQL = SqlFile.of(KeySteps.class);

    /** One row for each plain unique index of {@code rel}, with the constraint that it stands for, if any. */
    private static final String UNIQUE_KEYS = SQL.text("unique-keys");

    ChangeStep primaryKey() {
        String find = onKeys("find-primary-key")
                .literal("table", table.toString())
                .literal("tenantColumn", tenantColumn)
                .fill();
        return step(
                lines(find, nobodyRefers()), lines(find, rememberReplacement()), lines(find, replace("primary key")));
    }

    ChangeStep unique(List<String> columns, @Nullable String constraintName) {
        UniqueKey key = new UniqueKey(columns, constraintName);
        return step(
                lines(key.isNew(), key.find(), nobodyRefers()),
                lines(key.find(), key.remember()),
                lines(key.find(), key.add()));
    }

    private ChangeStep step(String check, String remember, String apply) {
        String declarations =
                SQL.template("declarations").literal("table", table.quoted()).fill();
        return ChangeStep.of(
                nested(SQL.text("key"), check),
                nested(SQL.text("key"), remember),
                new PlpgsqlBlock(declarations, apply).sql());
    }

    /** Foreign keys that stand on the key must become composite first. */
    private String nobodyRefers() {
        return SQL.template("nobody-refers").literal("table", table.toString()).fill();
    }

    /** Remembers {@code key}, which is replaced, and an index of the new shape that becomes the new key's. */
    private String rememberReplacement() {
        return onTable("remember-replacement")
                .literal("tenantColumn", tenantColumn)
                .fill();
    }

    /** Replaces {@code key} by one with the tenant in front, or takes an index of that shape that is there. */
    private String replace(String type) {
        return onTable("replace")
                .literal("tenantColumn", tenantColumn)
                .literal("type", type)
                .fill();
    }

    private static SqlTemplate onKeys(String name) {
        return SQL.template(name).fragment("uniqueKeys", UNIQUE_KEYS);
    }

    private SqlTemplate onTable(String name) {
        return onKeys(name).literal("quotedTable", table.quoted());
    }

    /** A key of columns besides the tenant column. */
    private final class UniqueKey {

        private final List<String> columns;
        private final String tenantAndColumns;
        private final String name;

        UniqueKey(List<String> columns, @Nullable String constraintName) {
            this.columns = columns;
            tenantAndColumns = Quoting.textArray(
                    Stream.concat(Stream.of(tenantColumn), columns.stream()).toList());
            name = constraintName == null ? nameOfColumns() : Quoting.literal(constraintName);
        }

        private String nameOfColumns() {
            return SQL.template("name-of-columns")
                    .literal("name", table.table() + "_" + tenantColumn + "_" + String.join("_", columns))
                    .fill();
        }

        String isNew() {
            return onKeys("is-new")
                    .fragment("columns", tenantAndColumns)
                    .literal("table", table.toString())
                    .literal("names", tenantColumn + ", " + String.join(", ", columns))
                    .fill();
        }

        String find() {
            return onKeys("find-unique").textArray("columns", columns).fill();
        }

        String remember() {
            return onTable("remember-unique")
                    .fragment("name", name)
                    .fragment("columns", tenantAndColumns)
                    .fragment("rememberReplacement", rememberReplacement())
                    .fill();
        }

        String add() {
            return onTable("add-unique")
                    .fragment("name", name)
                    .fragment("columns", tenantAndColumns)
                    .literal(
                            "definition",
                            "(" + Quoting.identifier(tenantColumn) + ", " + Quoting.identifiers(columns) + ")")
                    .fragment("replace", replace("unique"))
                    .fill();
        }
    }
}
