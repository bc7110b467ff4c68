package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.query.ResolvedTable.Classified;
import dev.boundary.jooq.schema.TableClassification;
import dev.boundary.jooq.schema.TableClassification.Child;
import dev.boundary.jooq.schema.TableClassification.Exempt;
import dev.boundary.jooq.schema.TableClassification.Global;
import dev.boundary.jooq.schema.TableClassification.Mixed;
import dev.boundary.jooq.schema.TableClassification.Tenant;
import java.util.List;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Row;
import org.jooq.Table;

/**
 * The table that a statement writes, and its columns that decide the tenant of a row.
 *
 * @param level the statement
 * @param table the table as the statement names it
 * @param declaration the table as it was declared
 */
record WriteTarget(StatementLevel level, Table<?> table, Classified declaration) {

    RewriteContext context() {
        return level.context();
    }

    TableClassification classification() {
        return declaration.classification();
    }

    /** The statement in few words, for messages. */
    String statement() {
        return level.kind() + subject();
    }

    private String subject() {
        return " of " + declaration.name();
    }

    void refuse(String why, String remedy) {
        level.refuse(declaration, subject(), why, remedy);
    }

    void refuseMissing(Field<?> column) {
        refuse(
                "It has no value for " + column.getName() + ", which decides the tenant of the row.",
                "Name the row of the parent table that it belongs to.");
    }

    /** The tenant column, or the columns of the foreign key. */
    List<? extends Field<?>> decidingColumns() {
        return switch (classification()) {
            case Tenant(Field<?> column) -> List.of(column);
            case Mixed(Field<?> column) -> List.of(column);
            case Child child -> child.columns();
            case Global global -> List.of();
            case Exempt exempt -> List.of();
        };
    }

    /** The tenant column, or the first column of the foreign key. */
    Field<?> decidingColumn() {
        return decidingColumns().getFirst();
    }

    /** Whether the deciding column accepts NULL, which a foreign tenant becomes: then the row would be written. */
    boolean acceptsNull() {
        return classification() instanceof Mixed
                || decidingColumn().getDataType().nullable();
    }

    /** Whether a field is a deciding column, or stands for several columns of which one is. */
    boolean decides(Field<?> field) {
        return isDeciding(field) || embedsDeciding(field);
    }

    private boolean isDeciding(Field<?> column) {
        return decidingColumns().stream().anyMatch(deciding -> Columns.sameName(deciding, column));
    }

    /** Whether a field stands for several columns of which one decides the tenant. */
    boolean embedsDeciding(Field<?> field) {
        DataType<?> type = field.getDataType();
        Row columns = type.isEmbeddable() ? type.getRow() : null;
        return columns != null && List.of(columns.fields()).stream().anyMatch(this::isDeciding);
    }
}
