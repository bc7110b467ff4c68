package dev.boundary.rls;

/**
 * A table's name with its schema, unquoted, as the catalog has it.
 *
 * @param schema the schema
 * @param table the table
 */
public record TableName(String schema, String table) {

    /** Checks the names. */
    public TableName {
        Sql.checkIdentifier("schema", schema);
        Sql.checkIdentifier("table", table);
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
        return Sql.identifier(schema) + "." + Sql.identifier(table);
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
