package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;

/**
 * A table's name with its schema, unquoted, as the catalog has it.
 *
 * @param schema the schema
 * @param table the table
 * @since 0.1
 */
public record TableName(String schema, String table) {

    /** Checks the names. */
    public TableName {
        Quoting.checkIdentifier("schema", schema);
        Quoting.checkIdentifier("table", table);
    }

    /**
     * A table of schema {@code public}.
     *
     * @param table the table
     * @return the name
     * @throws IllegalArgumentException if it is blank, longer than 63 bytes or holds a NUL
     */
    public static TableName of(String table) {
        return new TableName("public", table);
    }

    /**
     * The name as SQL.
     *
     * @return both parts quoted, for example {@code "public"."booking"}
     */
    public String quoted() {
        return Quoting.identifier(schema) + "." + Quoting.identifier(table);
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
