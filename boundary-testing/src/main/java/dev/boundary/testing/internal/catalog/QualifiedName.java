package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.internal.sql.Quoting;

/**
 * The name of a table or view, as the catalog has it.
 *
 * @param schema the schema's name, unquoted
 * @param name the table's name, unquoted
 */
public record QualifiedName(String schema, String name) implements Comparable<QualifiedName> {

    /**
     * The name for use in SQL.
     *
     * @return schema and name, quoted
     */
    public String sql() {
        return Quoting.identifier(schema) + "." + Quoting.identifier(name);
    }

    @Override
    public int compareTo(QualifiedName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
