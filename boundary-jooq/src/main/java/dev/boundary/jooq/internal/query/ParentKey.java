package dev.boundary.jooq.internal.query;

import org.jooq.Context;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.CustomField;
import org.jooq.impl.DSL;

/** A foreign key read from the parent row of the tenant; NULL if the tenant has no such row. */
final class ParentKey<T> extends CustomField<T> implements GeneratedPart {

    private static final long serialVersionUID = 1L;

    private final Field<?> subquery;

    ParentKey(Field<T> column, Select<?> parent) {
        super(column.getUnqualifiedName(), column.getDataType());
        this.subquery = subquery(parent);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // it selects one column
    private static Field<?> subquery(Select<?> parent) {
        return DSL.field((Select) parent);
    }

    @Override
    public void accept(Context<?> context) {
        context.visit(subquery);
    }
}
