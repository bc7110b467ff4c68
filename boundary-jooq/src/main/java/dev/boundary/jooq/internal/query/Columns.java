package dev.boundary.jooq.internal.query;

import java.util.List;
import org.jooq.Field;

/** Columns of the table that a statement writes, in the order of the statement. */
record Columns(List<? extends Field<?>> fields) {

    boolean isEmpty() {
        return fields.isEmpty();
    }

    /** The position of a column, known by its name; -1 if it is not there. */
    int position(Field<?> column) {
        for (int i = 0; i < fields.size(); i++) {
            if (sameName(fields.get(i), column)) {
                return i;
            }
        }
        return -1;
    }

    boolean contains(Field<?> column) {
        return position(column) >= 0;
    }

    /** As PostgreSQL compares names that are not quoted. */
    static boolean sameName(Field<?> left, Field<?> right) {
        return Identifier.sameIgnoringCase(
                left.getUnqualifiedName().last(), right.getUnqualifiedName().last());
    }
}
