package dev.boundary.jooq.internal.query;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;

/**
 * A subquery whose columns are written into the columns of a table, as a derived table.
 *
 * @param table the derived table; it leaves the subquery's WITH clause to the query around
 * @param fields its columns, with the types of the columns that they are written into
 */
record SelectedSource(Table<?> table, List<Field<?>> fields) {

    private static final String NAME = "boundary_source";

    static SelectedSource of(Select<?> select, Columns columns) {
        List<? extends Field<?>> written = columns.fields();
        String[] names =
                IntStream.rangeClosed(1, written.size()).mapToObj(i -> "c" + i).toArray(String[]::new);
        List<Field<?>> fields = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            fields.add(DSL.field(DSL.name(NAME, names[i]), written.get(i).getDataType()));
        }
        return new SelectedSource(typed(select, columns).$with(null).asTable(NAME, names), fields);
    }

    /** The subquery with the columns that it has. */
    static Table<?> asItIs(Select<?> select, Columns columns) {
        return typed(select, columns).$with(null).asTable(NAME);
    }

    /**
     * The subquery with constants of the types of the columns. A constant takes the type of the column that it is
     * written into, but in a derived table PostgreSQL makes text of one that has no type.
     */
    private static Select<?> typed(Select<?> select, Columns columns) {
        List<SelectFieldOrAsterisk> selected = new ArrayList<>(select.$select());
        boolean changed = false;
        for (int i = 0; i < Math.min(selected.size(), columns.fields().size()); i++) {
            DataType<?> type = columns.fields().get(i).getDataType();
            if (!(selected.get(i) instanceof Field<?> field)) {
                break; // an asterisk stands for any number of columns
            }
            if (isConstant(field) && needsType(type)) {
                selected.set(i, DSL.cast(field, type));
                changed = true;
            }
        }
        return changed ? select.$select(selected) : select;
    }

    private static boolean isConstant(Field<?> field) {
        return field instanceof Param || (field instanceof QOM.Coerce<?> coerced && isConstant(coerced.$field()));
    }

    /** Text fits as it is, and a cast would cut off what is too long for the column. */
    private static boolean needsType(DataType<?> type) {
        return !type.isString() && !type.isOther();
    }

    /** Whether a field is a column of such a derived table. */
    static boolean contains(Field<?> field) {
        return NAME.equals(field.getQualifiedName().first());
    }
}
