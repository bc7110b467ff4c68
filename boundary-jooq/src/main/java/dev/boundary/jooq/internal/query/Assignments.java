package dev.boundary.jooq.internal.query;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.jooq.schema.TableClassification.Child;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.FieldOrRow;
import org.jooq.FieldOrRowOrSelect;
import org.jooq.Row;
import org.jooq.Select;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;

/** SET clauses: no row may leave its tenant. */
final class Assignments {

    private final Written written;
    private final boolean onConflict;

    /**
     * For one clause.
     *
     * @param written the table that is changed
     * @param onConflict whether it belongs to INSERT ... ON CONFLICT, where {@code excluded} is the row to insert;
     *     elsewhere any table can have that name
     */
    Assignments(Written written, boolean onConflict) {
        this.written = written;
        this.onConflict = onConflict;
    }

    /**
     * Checks and rewrites a SET clause.
     *
     * @return the clause; the same object if nothing had to be changed
     */
    Map<? extends FieldOrRow, ? extends FieldOrRowOrSelect> rewrite(
            Map<? extends FieldOrRow, ? extends FieldOrRowOrSelect> set) {
        if (set.keySet().stream().noneMatch(this::decides)) {
            return set;
        }
        if (written.classification() instanceof Child child
                && child.columns().size() > 1
                && !isWholeKeyInOneRow(set, child)) {
            refuse("apart from the rest of its foreign key");
            return set;
        }
        Map<FieldOrRow, FieldOrRowOrSelect> result = new LinkedHashMap<>();
        Map<FieldOrRow, FieldOrRowOrSelect> unchanged = new LinkedHashMap<>();
        set.forEach((key, value) -> {
            switch (key) {
                case Row row when decides(row) -> row(row, value, result, unchanged);
                case Field<?> column
                when decides(column) -> {
                    Field<?> checked = column(column, value, List.of(), List.of());
                    (keepsTenant(column, value, checked) ? unchanged : result).put(column, checked);
                }
                default -> result.put(key, value);
            }
        });
        return result.isEmpty() ? unchanged : result;
    }

    /**
     * Whether an assignment writes the tenant that the row has. Records and DAOs write all columns; where the application
     * role has no privilege to update the tenant column, that would be an error, and without it the row is the same.
     */
    private boolean keepsTenant(Field<?> column, FieldOrRowOrSelect given, Field<?> checked) {
        Field<?> value = given instanceof Field<?> field && written.knowsValues() ? field : checked;
        return !(written.classification() instanceof Child)
                && (written.isOwnTenant(value) || isUnchanged(value, column));
    }

    private boolean decides(FieldOrRow key) {
        return switch (key) {
            case Row row -> List.of(row.fields()).stream().anyMatch(this::decides);
            case Field<?> column -> written.decides(column) || written.embedsDecisive(column);
            default -> false;
        };
    }

    /** Adds what is assigned to several columns at once. */
    private void row(
            Row row,
            FieldOrRowOrSelect value,
            Map<FieldOrRow, FieldOrRowOrSelect> result,
            Map<FieldOrRow, FieldOrRowOrSelect> unchanged) {
        switch (value) {
            case Row values -> {
                List<Field<?>> columns = List.of(row.fields());
                List<Field<?>> given = List.of(values.fields());
                keepTenant(columns, given, columns(columns, given), result, unchanged);
            }
            case Select<?> select -> result.put(row, selected(List.of(row.fields()), select));
            default -> {
                refuse("from something that is neither a row nor a subquery");
                result.put(row, value);
            }
        }
    }

    private List<Field<?>> columns(List<? extends Field<?>> columns, List<? extends Field<?>> values) {
        List<Field<?>> result = new ArrayList<>(values);
        for (int i = 0; i < columns.size(); i++) {
            if (decides(columns.get(i))) {
                result.set(i, column(columns.get(i), values.get(i), columns, values));
            }
        }
        return result;
    }

    /** The row without the columns that stay as they are. */
    private void keepTenant(
            List<Field<?>> columns,
            List<Field<?>> given,
            List<Field<?>> checked,
            Map<FieldOrRow, FieldOrRowOrSelect> result,
            Map<FieldOrRow, FieldOrRowOrSelect> unchanged) {
        List<Field<?>> keptColumns = new ArrayList<>();
        List<Field<?>> keptValues = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!decides(columns.get(i)) || !keepsTenant(columns.get(i), given.get(i), checked.get(i))) {
                keptColumns.add(columns.get(i));
                keptValues.add(checked.get(i));
            }
        }
        if (keptColumns.isEmpty()) {
            unchanged.put(DSL.row(columns), DSL.row(checked));
        } else {
            result.put(DSL.row(keptColumns), DSL.row(keptValues));
        }
    }

    /** What a subquery gives, checked as it is written; it is asked for once. */
    private Select<?> selected(List<Field<?>> columns, Select<?> select) {
        written.checkConstants(columns, select);
        InsertRewriter.Source source = InsertRewriter.Source.of(select, columns);
        return DSL.select(columns(columns, source.fields()))
                .from(source.table())
                .$with(select.$with());
    }

    private Field<?> column(
            Field<?> column,
            FieldOrRowOrSelect value,
            List<? extends Field<?>> columns,
            List<? extends Field<?>> values) {
        if (!(value instanceof Field<?> field)) {
            refuse("from a subquery");
            return column;
        }
        if (written.embedsDecisive(column)) {
            refuse("as part of an embeddable");
            return field;
        }
        if (isUnchanged(field, column)) {
            return field;
        }
        if (!(written.classification() instanceof Child child)) {
            return written.tenant(field);
        }
        return child.columns().size() == 1
                ? written.parentKey(child, List.of(field))
                : written.parentKey(child, column, columns, values);
    }

    /** A key of several columns can only be checked as a whole. */
    private boolean isWholeKeyInOneRow(Map<? extends FieldOrRow, ? extends FieldOrRowOrSelect> set, Child child) {
        return set.keySet().stream()
                .filter(this::decides)
                .allMatch(key -> key instanceof Row row
                        && child.columns().stream()
                                .allMatch(column -> InsertRewriter.position(List.of(row.fields()), column) >= 0));
    }

    /** The column of the changed row itself, or the value of the row to insert, which is checked there. */
    private boolean isUnchanged(Field<?> value, Field<?> column) {
        if (value instanceof QOM.Excluded<?> excluded) {
            return onConflict && Written.sameName(excluded.$field(), column);
        }
        return value instanceof TableField<?, ?> field
                && written.table().equals(field.getTable())
                && Written.sameName(field, column);
    }

    private void refuse(String how) {
        written.refuse(new StatementRefusedException(
                written.statement(),
                "It sets a column that decides the tenant of the row " + how + ".",
                "Set that column on its own to a value (all columns of a foreign key in one row(...)), or leave it as it"
                        + " is."));
    }
}
