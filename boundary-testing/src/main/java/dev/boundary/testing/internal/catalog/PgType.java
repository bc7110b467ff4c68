package dev.boundary.testing.internal.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A type of PostgreSQL, with everything that a value of it requires. Immutable.
 *
 * @param sql the type for use in a cast, with length or precision
 * @param name the name in {@code pg_type}, without length or precision
 * @param kind what kind of type it is
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
     * Whether checks limit its values: it is a domain with checks, or composed of one.
     *
     * @return true if it has checks
     */
    public boolean hasChecks() {
        return !checks.isEmpty()
                || (inner != null && inner.hasChecks())
                || fields.values().stream().anyMatch(PgType::hasChecks);
    }

    /** The expressions of the checks of a domain, and of the domains below it. */
    List<String> domainChecks() {
        List<String> all = new ArrayList<>();
        for (PgType at = this; at != null && at.kind == Kind.DOMAIN; at = at.inner) {
            all.addAll(at.checks);
        }
        return all;
    }

    /** Kinds of types. */
    public enum Kind {
        /** A type that is not composed of others. */
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
