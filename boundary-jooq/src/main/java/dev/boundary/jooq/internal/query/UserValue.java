package dev.boundary.jooq.internal.query;

import org.jooq.Context;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.impl.CustomField;

/** A value that the user wrote and that stands inside a {@link GeneratedPart}: it is checked like any other part. */
final class UserValue<T> extends CustomField<T> {

    private static final long serialVersionUID = 1L;

    private final Field<T> value;

    private UserValue(Field<T> value) {
        super(value.getUnqualifiedName(), value.getDataType());
        this.value = value;
    }

    /** The value, so marked; a bind value needs no check. */
    static Field<?> of(Field<?> value) {
        return value instanceof Param ? value : new UserValue<>(value);
    }

    @Override
    public void accept(Context<?> context) {
        context.sql('(').visit(value).sql(')'); // it may render operators of its own
    }
}
