package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.schema.TableClassification.Child;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.impl.QOM;

/** What a statement may write into the foreign key through which the rows of its table reach their tenant. */
final class ParentKeyValue {

    private final WriteTarget target;
    private final Child child;

    ParentKeyValue(WriteTarget target, Child child) {
        this.target = target;
        this.child = child;
    }

    /**
     * The first column of the key, read from the parent row if that belongs to the tenant; otherwise NULL, which the
     * column does not accept.
     */
    Field<?> checked(List<? extends Field<?>> key) {
        Field<?> column = child.columns().getFirst();
        if (column.getDataType().nullable()) {
            refuseNullable(column);
        }
        List<Field<?>> given = key.stream().<Field<?>>map(UserValue::of).toList();
        String alias = Guard.derivedName(target.table(), "_parent");
        return new ParentKey<>(column, target.context().predicates().parent(child, given, alias, true, null));
    }

    private void refuseNullable(Field<?> column) {
        target.refuse(
                "Its tenant is that of the row that " + column.getName()
                        + " references, and that column is nullable, so a foreign row could not be kept out.",
                "Make the column NOT NULL (and regenerate the classes, or declare its type with nullable(false)), or"
                        + " give the table a tenant column.");
    }

    /** The same for one column in a row of columns and values; only the first column of the key reads the parent. */
    Field<?> checked(Field<?> column, Columns columns, List<? extends Field<?>> values) {
        Field<?> given = values.get(columns.position(column));
        if (!Columns.sameName(child.columns().getFirst(), column)) {
            return given;
        }
        List<Field<?>> key = key(columns, values);
        return key.isEmpty() ? given : checkedKey(key);
    }

    private Field<?> checkedKey(List<Field<?>> key) {
        if (key.size() > 1 && !key.stream().allMatch(this::isSameTwice)) {
            refuseComputed();
        }
        return checked(key);
    }

    /** The values of the key in a row; none if one of them is missing. */
    private List<Field<?>> key(Columns columns, List<? extends Field<?>> values) {
        List<Field<?>> key = new ArrayList<>();
        for (Field<?> part : child.columns()) {
            int position = columns.position(part);
            if (position < 0 || values.get(position) instanceof QOM.Default) {
                target.refuseMissing(part);
                return List.of();
            }
            key.add(values.get(position));
        }
        return key;
    }

    private void refuseComputed() {
        target.refuse(
                "Its tenant is that of the row that "
                        + child.columns().stream().map(Field::getName).collect(Collectors.joining(" and "))
                        + " reference together, and their values are computed or placeholders of a batch, so they could"
                        + " differ when they are checked.",
                "Assign plain values: no expressions, no batch(query).bind(...).");
    }

    /**
     * Whether a value is the same inside the subquery that reads the parent and outside of it. An expression need not
     * be: its columns may be the parent's there, and a function may return something else.
     */
    private boolean isSameTwice(Field<?> value) {
        return value instanceof Param ? !target.context().values().areOfBatch() : SelectedSource.contains(value);
    }
}
