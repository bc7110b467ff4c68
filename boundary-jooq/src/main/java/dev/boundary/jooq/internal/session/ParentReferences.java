package dev.boundary.jooq.internal.session;

import dev.boundary.jooq.schema.TableClassification.Child;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.jooq.schema.TenantSchema;
import org.jooq.Schema;
import org.postgresql.util.ServerErrorMessage;

/** Knows the columns that the query layer leaves null where the tenant has no such parent row. */
final class ParentReferences {

    private final TenantSchema schema;

    ParentReferences(TenantSchema schema) {
        this.schema = schema;
    }

    /** Whether an error about a null value is about such a column. */
    boolean contains(ServerErrorMessage error) {
        return schema.tables().stream().anyMatch(table -> isTable(table, error) && isReference(table, error));
    }

    private static boolean isTable(ClassifiedTable table, ServerErrorMessage error) {
        Schema named = table.table().getSchema();
        return table.table().getName().equals(error.getTable())
                && (named == null || named.getName().equals(error.getSchema()));
    }

    private static boolean isReference(ClassifiedTable table, ServerErrorMessage error) {
        return table.classification() instanceof Child child
                && child.columns().getFirst().getName().equals(error.getColumn());
    }
}
