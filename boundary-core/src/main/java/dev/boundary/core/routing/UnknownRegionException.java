package dev.boundary.core.routing;

import dev.boundary.core.BoundaryException;
import java.util.Collection;
import java.util.TreeSet;

/**
 * A scope has no region, or one for which there is no database. Nothing was sent to any.
 *
 * @since 0.1
 */
public final class UnknownRegionException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    /**
     * Lists the regions that have a database.
     *
     * @param what what was asked for, as a sentence
     * @param known the names of the regions that have a database
     */
    public UnknownRegionException(String what, Collection<String> known) {
        super(what + " There are databases for the regions " + new TreeSet<>(known) + ".", null);
    }
}
