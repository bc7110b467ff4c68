package dev.boundary.jooq.internal.session;

import java.util.Collection;
import java.util.Locale;

/**
 * What happens to a connection on which statements left something for the next tenant: temporary tables, settings.
 *
 * @param resets whether what can be reset is reset; otherwise the connection is closed
 * @param declared the functions that statements of the query layer may call beyond those that leave nothing
 * @param rendersAll whether the query layer lets nothing through that it does not know
 */
public record LeftoverPolicy(boolean resets, Collection<String> declared, boolean rendersAll) {

    /** Keeps the names without their schemas, in lower case, as they are looked for in each statement. */
    public LeftoverPolicy {
        declared = declared.stream()
                .map(function ->
                        function.substring(function.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    /** Whether a statement of the query layer may call a declared function; the others leave nothing. */
    boolean mayBeCalledIn(String sql) {
        return !declared.isEmpty() && declared.stream().anyMatch(sql.toLowerCase(Locale.ROOT)::contains);
    }
}
