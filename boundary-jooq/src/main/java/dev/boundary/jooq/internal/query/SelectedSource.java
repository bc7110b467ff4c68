package dev.boundary.jooq.internal.query;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

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
        return new SelectedSource(select.$with(null).asTable(NAME, names), fields);
    }

    /** The subquery with the columns that it has. */
    static Table<?> asItIs(Select<?> select) {
        return select.$with(null).asTable(NAME);
    }

    /** Whether a field is a column of such a derived table. */
    static boolean contains(Field<?> field) {
        return NAME.equals(field.getQualifiedName().first());
    }
}
