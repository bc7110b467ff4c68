package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.internal.catalog.CatalogColumn;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column with everything about its type that a value requires. Immutable.
 *
 * @param column the column
 * @param type its type
 */
public record TypedColumn(CatalogColumn column, PgType type) {

    private static final int SHORTEST_MARKER = 6;
    private static final Set<String> TYPES_OF_MARKERS =
            Set.of("text", "citext", "varchar", "bpchar", "name", "uuid", "int4", "int8", "numeric", "json", "jsonb");

    /**
     * The column's name.
     *
     * @return the name, unquoted
     */
    public String name() {
        return column.name();
    }

    /**
     * Whether only PostgreSQL may compute it.
     *
     * @return true for a generated column
     */
    public boolean generated() {
        return column.generated();
    }

    /**
     * Whether PostgreSQL fills it in if an INSERT leaves it out.
     *
     * @return true if it has a default, is an identity column or is generated
     */
    public boolean hasDefault() {
        return column.hasDefault();
    }

    boolean notNull() {
        return column.notNull();
    }

    /** The column as text, in SQL. */
    String asText() {
        return "cast(" + Quoting.identifier(name()) + " as text)";
    }

    /** A placeholder for a value of the column, in SQL. */
    String placeholder() {
        return "cast(? as " + type.sql() + ")";
    }

    /** Whether a value identifies its row: dates and truth values of other rows may be the same by chance. */
    boolean isMarker(@Nullable String value) {
        return value != null && value.length() >= SHORTEST_MARKER && TYPES_OF_MARKERS.contains(type.name());
    }
}
