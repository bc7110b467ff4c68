package dev.boundary.testing.internal.catalog;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A type of PostgreSQL, with what is needed to make a value of it.
 *
 * @param sql the type for use in a cast, with length or precision
 * @param name the name in {@code pg_type}, without length or precision
 * @param kind what sort of type it is
 * @param modifier length or precision as {@code pg_attribute.atttypmod} has it, -1 without
 * @param labels the labels of an enum, else empty
 * @param inner the base type of a domain, the element type of an array, the subtype of a range, else null
 * @param fields the fields of a composite type, else empty
 * @param checks the expressions of a domain's checks, with {@code VALUE} for the value, else empty
 */
public record PgType(
        String sql,
        String name,
        Kind kind,
        int modifier,
        List<String> labels,
        @Nullable PgType inner,
        Map<String, PgType> fields,
        List<String> checks) {

    /**
     * Whether not every value of the base type is one of this type: it is a domain with checks, or made of one.
     *
     * @return true if it has checks
     */
    public boolean hasChecks() {
        return !checks.isEmpty()
                || (inner != null && inner.hasChecks())
                || fields.values().stream().anyMatch(PgType::hasChecks);
    }

    /** Sorts of types. */
    public enum Kind {
        /** A type that is not made of others. */
        BASE,
        /** An enum. */
        ENUM,
        /** A domain over another type. */
        DOMAIN,
        /** An array. */
        ARRAY,
        /** A range. */
        RANGE,
        /** A set of ranges. */
        MULTIRANGE,
        /** A row type. */
        COMPOSITE
    }
}
