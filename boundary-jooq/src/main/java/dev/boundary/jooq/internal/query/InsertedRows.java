package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.schema.TableClassification.Child;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.Row;
import org.jooq.impl.DSL;

/** The rows that INSERT or MERGE adds: each gets the tenant. */
final class InsertedRows {

    private final WriteTarget target;
    private final TenantColumnValue tenant;
    private final Columns columns;

    /** For rows that have values for these columns. */
    InsertedRows(WriteTarget target, Columns columns) {
        this.target = target;
        this.tenant = new TenantColumnValue(target);
        this.columns = columns;
    }

    /** An embeddable stands for columns that could come a second time, and jOOQ takes the last. */
    void checkEmbeddables() {
        if (columns.fields().stream().anyMatch(target::embedsDeciding)) {
            target.refuse(
                    "One of its columns is an embeddable that holds the column that decides the tenant of the row.",
                    "Name the columns of the embeddable one by one.");
        }
    }

    /** Whether the tenant column is not among the columns. */
    boolean lacksTenant() {
        return !(target.classification() instanceof Child) && !columns.contains(target.decidingColumn());
    }

    /** The columns, and the tenant column if it is not among them. */
    List<Field<?>> columns() {
        List<Field<?>> result = new ArrayList<>(columns.fields());
        if (lacksTenant()) {
            result.add(target.decidingColumn());
        }
        return result;
    }

    /** The rows with a value for each of {@link #columns()}. */
    List<Row> rows(List<? extends Row> rows) {
        return rows.stream()
                .<Row>map(row -> DSL.row(values(List.of(row.fields()))))
                .toList();
    }

    /** The values of one row for {@link #columns()}. */
    List<Field<?>> values(List<? extends Field<?>> values) {
        List<Field<?>> result = new ArrayList<>(values);
        if (lacksTenant()) {
            result.add(tenant.filledIn());
            return result;
        }
        for (Field<?> column : target.decidingColumns()) {
            int position = columns.position(column);
            if (position < 0) {
                target.refuseMissing(column);
            } else {
                result.set(position, checked(column, values));
            }
        }
        return result;
    }

    private Field<?> checked(Field<?> column, List<? extends Field<?>> values) {
        return target.classification() instanceof Child child
                ? new ParentKeyValue(target, child).checked(column, columns, values)
                : tenant.inserted(values.get(columns.position(column)));
    }
}
