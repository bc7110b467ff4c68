package dev.boundary.core.internal;

import dev.boundary.core.routing.UnknownPlacementException;
import java.sql.SQLException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Tells look-ups of a placement from others. They happen while a statement holds a connection of the pools that the
 * placements lead to; one that took a second connection from such a pool would wait, under load, for threads that wait
 * for it.
 */
public final class PlacementLookup {

    private static final ScopedValue<Predicate<DataSource>> POOLS = ScopedValue.newInstance();

    private PlacementLookup() {}

    /**
     * Looks a placement up.
     *
     * @param pools whether a data source is one that placements lead to
     * @param lookup the look-up
     * @param <T> the type of its result
     * @return its result
     * @throws UnknownPlacementException if it asks one of these data sources
     */
    public static <T> T in(Predicate<DataSource> pools, Supplier<T> lookup) {
        return ScopedValue.where(POOLS, pools).call(lookup::get);
    }

    /**
     * Requires that a data source may be asked now.
     *
     * @param source the data source
     * @throws UnknownPlacementException if a placement is being looked up that leads to connections of this data source
     */
    public static void requireOther(DataSource source) {
        if (POOLS.isBound() && POOLS.get().test(source)) {
            throw new UnknownPlacementException(
                    "The placement of a tenant is looked up in a registry on the pool that its"
                            + " statements take their connections from. A statement would hold one connection and wait for a"
                            + " second: as many of them as the pool has connections wait for each other. Give the registry a"
                            + " pool of its own.");
        }
    }

    /**
     * Whether two data sources are one, or one is wrapped around the other.
     *
     * @param one a data source
     * @param other another
     * @return whether both give connections of the same
     */
    public static boolean isSame(DataSource one, DataSource other) {
        return one.equals(other) || wraps(one, other) || wraps(other, one);
    }

    private static boolean wraps(DataSource wrapper, DataSource wrapped) {
        try {
            return wrapper.isWrapperFor(wrapped.getClass()) && wrapped.equals(wrapper.unwrap(wrapped.getClass()));
        } catch (SQLException e) {
            return false; // it does not say
        }
    }
}
