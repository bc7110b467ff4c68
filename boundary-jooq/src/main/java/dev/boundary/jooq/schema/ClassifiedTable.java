package dev.boundary.jooq.schema;

import java.util.Objects;
import org.jooq.Name;
import org.jooq.Table;

/**
 * A table and how it relates to tenants. Immutable.
 *
 * @param table the table as it was declared or generated, before any {@code RenderMapping}
 * @param classification how it relates to tenants
 *
 * @since 0.1
 */
public record ClassifiedTable(Table<?> table, TableClassification classification) {

    /** Checks that both are there. */
    public ClassifiedTable {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(classification, "classification");
    }

    /**
     * The name of the table, qualified with its schema if it was declared with one.
     *
     * @return the name
     */
    public Name name() {
        return table.getQualifiedName();
    }

    @Override
    public String toString() {
        return name().unquotedName() + " (" + classification.getClass().getSimpleName() + ")";
    }
}
