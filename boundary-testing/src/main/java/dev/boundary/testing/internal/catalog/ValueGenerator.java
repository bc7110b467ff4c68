package dev.boundary.testing.internal.catalog;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generates values of PostgreSQL's types in their text form: the same for the same number, others for other numbers.
 *
 * @param number a positive number of up to nine digits
 */
record ValueGenerator(long number) {

    /**
     * Generates a value.
     *
     * @return the value as PostgreSQL's input function reads it, or null if this type is not known
     */
    @Nullable
    String value(PgType type) {
        return switch (type.kind()) {
            case BASE -> BaseTypes.value(type.name(), type.modifier(), number);
            case ENUM -> type.labels().get((int) (number % type.labels().size()));
            case DOMAIN -> type.inner() == null ? null : value(type.inner());
            case ARRAY -> array(type.inner());
            case RANGE -> range(type.inner());
            case MULTIRANGE -> {
                String range = range(type.inner());
                yield range == null ? null : "{" + range + "}";
            }
            case COMPOSITE -> composite(type);
        };
    }

    private @Nullable String array(@Nullable PgType element) {
        String value = element == null ? null : value(element);
        return value == null ? null : "{" + ArrayText.quoteElement(value) + "}";
    }

    private @Nullable String range(@Nullable PgType subtype) {
        String lower = subtype == null ? null : value(subtype);
        return lower == null ? null : "[" + ArrayText.quoteElement(lower) + "," + ArrayText.quoteElement(lower) + "]";
    }

    private String composite(PgType type) {
        List<String> fields = new ArrayList<>();
        for (PgType field : type.fields().values()) {
            String value = value(field);
            fields.add(value == null ? "" : ArrayText.quoteElement(value));
        }
        return "(" + String.join(",", fields) + ")";
    }

    /** A text that is in no other row. */
    String text() {
        return BaseTypes.text(number);
    }
}
