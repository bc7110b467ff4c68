package dev.boundary.jooq.internal.query;

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

/** One SET clause: no row may leave its tenant. */
final class SetClause {

    private static final String ASSIGN_VALUE =
            "Set that column alone to a value (all columns of a foreign key in one row(...)), or leave it unchanged.";

    private final WriteTarget target;
    private final TenantColumnValue tenant;
    private final boolean onConflict;

    private final Map<FieldOrRow, FieldOrRowOrSelect> result = new LinkedHashMap<>();

    /** The assignments that leave the tenant of the row as it is. */
    private final Map<FieldOrRow, FieldOrRowOrSelect> unchanged = new LinkedHashMap<>();

    /**
     * For one clause.
     *
     * @param target the table that is changed
     * @param onConflict whether the clause belongs to INSERT ... ON CONFLICT, where {@code excluded} is the row to
     *     insert; elsewhere any table can have that name
     */
    SetClause(WriteTarget target, boolean onConflict) {
        this.target = target;
        this.tenant = new TenantColumnValue(target);
        this.onConflict = onConflict;
    }

    /**
     * Checks and rewrites the clause.
     *
     * @return the clause; the same object if nothing had to be changed
     */
    Map<? extends FieldOrRow, ? extends FieldOrRowOrSelect> rewrite(
            Map<? extends FieldOrRow, ? extends FieldOrRowOrSelect> set) {
        if (set.keySet().stream().noneMatch(this::decides)) {
            return set;
        }
        if (target.classification() instanceof Child child
                && child.columns().size() > 1
                && !isWholeKeyInOneRow(set, child)) {
            refuse("apart from the rest of its foreign key");
            return set;
        }
        set.forEach(this::assign);
        return result.isEmpty() ? unchanged : result;
    }

    private boolean decides(FieldOrRow key) {
        return switch (key) {
            case Row row -> List.of(row.fields()).stream().anyMatch(this::decides);
            case Field<?> column -> target.decides(column);
            default -> false;
        };
    }

    /** A key of several columns can only be checked as a whole. */
    private boolean isWholeKeyInOneRow(Map<? extends FieldOrRow, ? extends FieldOrRowOrSelect> set, Child child) {
        return set.keySet().stream()
                .filter(this::decides)
                .allMatch(key -> key instanceof Row row && holdsKey(new Columns(List.of(row.fields())), child));
    }

    private static boolean holdsKey(Columns columns, Child child) {
        return child.columns().stream().allMatch(columns::contains);
    }

    private void assign(FieldOrRow key, FieldOrRowOrSelect value) {
        switch (key) {
            case Row row when decides(row) -> assignRow(row, value);
            case Field<?> column when decides(column) -> assignColumn(column, value);
            default -> result.put(key, value);
        }
    }

    private void assignColumn(Field<?> column, FieldOrRowOrSelect value) {
        Field<?> checked = checked(column, value, new Columns(List.of()), List.of());
        (keepsTenant(column, value, checked) ? unchanged : result).put(column, checked);
    }

    private void assignRow(Row row, FieldOrRowOrSelect value) {
        switch (value) {
            case Row values -> assignValues(List.of(row.fields()), List.of(values.fields()));
            case Select<?> select -> result.put(row, selected(new Columns(List.of(row.fields())), select));
            default -> {
                refuse("from something that is neither a row nor a subquery");
                result.put(row, value);
            }
        }
    }

    /** Assigns a row, without the columns that keep the tenant. */
    private void assignValues(List<Field<?>> columns, List<Field<?>> given) {
        List<Field<?>> checked = checked(new Columns(columns), given);
        List<Field<?>> changedColumns = new ArrayList<>();
        List<Field<?>> changedValues = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!decides(columns.get(i)) || !keepsTenant(columns.get(i), given.get(i), checked.get(i))) {
                changedColumns.add(columns.get(i));
                changedValues.add(checked.get(i));
            }
        }
        if (changedColumns.isEmpty()) {
            unchanged.put(DSL.row(columns), DSL.row(checked));
        } else {
            result.put(DSL.row(changedColumns), DSL.row(changedValues));
        }
    }

    /** What a subquery returns, checked as it is written; it is evaluated once. */
    private Select<?> selected(Columns columns, Select<?> select) {
        tenant.checkConstants(columns, select);
        SelectedSource source = SelectedSource.of(select, columns);
        return DSL.select(checked(columns, source.fields()))
                .from(source.table())
                .$with(select.$with());
    }

    private List<Field<?>> checked(Columns columns, List<? extends Field<?>> values) {
        List<Field<?>> checked = new ArrayList<>(values);
        for (int i = 0; i < columns.fields().size(); i++) {
            Field<?> column = columns.fields().get(i);
            if (decides(column)) {
                checked.set(i, checked(column, values.get(i), columns, values));
            }
        }
        return checked;
    }

    private Field<?> checked(
            Field<?> column, FieldOrRowOrSelect value, Columns columns, List<? extends Field<?>> values) {
        if (!(value instanceof Field<?> field)) {
            refuse("from a subquery");
            return column;
        }
        if (target.embedsDeciding(column)) {
            refuse("as part of an embeddable");
            return field;
        }
        return isSameAs(column, field) ? field : checkedField(column, field, columns, values);
    }

    private Field<?> checkedField(Field<?> column, Field<?> field, Columns columns, List<? extends Field<?>> values) {
        if (!(target.classification() instanceof Child child)) {
            return tenant.checked(field);
        }
        ParentKeyValue key = new ParentKeyValue(target, child);
        return child.columns().size() == 1 ? key.checked(List.of(field)) : key.checked(column, columns, values);
    }

    /**
     * Whether an assignment writes the tenant that the row has. Records and DAOs write all columns; where the
     * application role lacks the privilege to update the tenant column, that would be an error, and without the
     * assignment the row is the same.
     */
    private boolean keepsTenant(Field<?> column, FieldOrRowOrSelect given, Field<?> checked) {
        Field<?> value =
                given instanceof Field<?> field && target.context().values().areKnown() ? field : checked;
        return !(target.classification() instanceof Child) && (tenant.isOwnTenant(value) || isSameAs(column, value));
    }

    /** Whether a value is the column of the changed row itself, or the value of the row to insert, checked there. */
    private boolean isSameAs(Field<?> column, Field<?> value) {
        if (value instanceof QOM.Excluded<?> excluded) {
            return onConflict && Columns.sameName(excluded.$field(), column);
        }
        return value instanceof TableField<?, ?> field
                && target.table().equals(field.getTable())
                && Columns.sameName(field, column);
    }

    private void refuse(String how) {
        target.refuse("It sets a column that decides the tenant of the row " + how + ".", ASSIGN_VALUE);
    }
}
