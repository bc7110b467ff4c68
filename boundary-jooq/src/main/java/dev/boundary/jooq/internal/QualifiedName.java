package dev.boundary.jooq.internal;

import org.jooq.Name;
import org.jooq.Schema;
import org.jooq.Table;

/** The name of a table with its schema. */
public final class QualifiedName {

    private QualifiedName() {}

    /**
     * Qualifies the name of a table. A generated table does not carry its schema in its name.
     *
     * @param table the table
     * @return its name; without a schema if the table was named without one
     */
    public static Name of(Table<?> table) {
        Schema schema = table.getSchema();
        return schema == null
                ? table.getQualifiedName()
                : schema.getQualifiedName().append(table.getUnqualifiedName());
    }
}
