package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import java.util.Set;
import org.jooq.Name;
import org.jspecify.annotations.Nullable;

/**
 * How the query layer behaves. Immutable.
 *
 * @param strict true: a statement on tenant rows outside a scope is refused; false: it is sent with a predicate that no
 *     row satisfies
 * @param rlsPresent whether row-level security is installed to catch what the query layer lets through; without it,
 *     nothing may be let through
 * @param observe what is only reported instead of refused
 */
public record QueryLayerSettings(boolean strict, boolean rlsPresent, Observe observe) {

    /** Strict, with row-level security, nothing only observed. */
    public static final QueryLayerSettings DEFAULT = new QueryLayerSettings(true, true, Observe.NOTHING);

    /** Checks that nothing is left to row-level security where it is not installed. */
    public QueryLayerSettings {
        if (!rlsPresent && !observe.isNothing()) {
            throw new IllegalArgumentException("Observe mode lets statements through to row-level security, so it needs"
                    + " both layers. Use Layers.BOTH, or do not observe.");
        }
    }

    /**
     * What is only reported.
     *
     * @param everything whether all refusals are only reported
     * @param tables the tables (qualified names) whose refusals are only reported
     */
    public record Observe(boolean everything, Set<Name> tables) {

        /** Everything is refused. */
        public static final Observe NOTHING = new Observe(false, Set.of());

        /** All refusals are only reported. */
        public static final Observe EVERYTHING = new Observe(true, Set.of());

        /** Copies the set. */
        public Observe {
            tables = Set.copyOf(tables);
        }

        /**
         * Whether nothing is observed.
         *
         * @return true if everything is refused
         */
        public boolean isNothing() {
            return !everything && tables.isEmpty();
        }

        boolean covers(@Nullable ClassifiedTable table) {
            return everything || (table != null && tables.contains(table.name()));
        }
    }
}
