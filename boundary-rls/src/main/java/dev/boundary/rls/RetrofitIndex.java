package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.rls.internal.sql.SqlFile;
import java.nio.charset.StandardCharsets;

/**
 * The index on the tenant column, built concurrently. One that was not built to its end is dropped first.
 *
 * @param table the table
 * @param tenantColumn its column with the tenant key
 */
record RetrofitIndex(TableName table, String tenantColumn) {

    private static final SqlFile SQL = SqlFile.of(RetrofitIndex.class);

    /** PL/pgSQL; needs {@code rel} and {@code this_change}. */
    String prepare() {
        return SQL.template("prepare")
                .literal("index", qualified())
                .literal("tenantColumn", tenantColumn)
                .literal("name", name())
                .fragment("logDrop", RollbackLog.step("drop index if exists " + qualified()))
                .fragment("quotedIndex", qualified())
                .fill();
    }

    String create() {
        return SQL.template("create")
                .identifier("name", name())
                .fragment("table", table.quoted())
                .identifier("tenantColumn", tenantColumn)
                .fill();
    }

    /** PL/pgSQL. */
    String isBuilt() {
        return SQL.template("is-built")
                .literal("index", qualified())
                .literal("name", name())
                .fill();
    }

    private String name() {
        String name = table.table() + "_" + tenantColumn + "_idx";
        return name.getBytes(StandardCharsets.UTF_8).length <= Quoting.MAX_IDENTIFIER_BYTES
                ? name
                : "retrofit_" + Digest.of(name) + "_idx";
    }

    private String qualified() {
        return new TableName(table.schema(), name()).quoted();
    }
}
