package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import dev.boundary.core.Scope.UnscopedScope;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.SharedTables;
import dev.boundary.core.routing.RoutingDataSource;
import dev.boundary.core.routing.UnknownPlacementException;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The admin role's connections where they lead to one place, whatever the scope.
 *
 * @param source the connections
 * @param regional whether the application role's connections lead to several regions
 */
record SinglePlace(DataSource source, boolean regional) implements RoutingDataSource {

    private static final Placement SHARED = new SharedTables();

    @Override
    public Optional<Placement> find(Scope scope) {
        return Optional.of(placementOf(scope));
    }

    @Override
    public Placement placementOf(Scope scope) {
        if (regional
                && scope instanceof UnscopedScope unscoped
                && unscoped.region().isPresent()) {
            throw new UnknownPlacementException(
                    "The open scope is for " + unscoped + ", and nothing says to which region"
                            + " the connections of the admin role lead. Give Boundary's admin(...) a RegionalDataSource, as"
                            + " the application role has.");
        }
        return SHARED;
    }

    @Override
    public DataSource at(Placement placement) {
        return source;
    }

    @Override
    public Set<Placement> permanent() {
        return Set.of(SHARED);
    }

    @Override
    public boolean hasOwnSchemas() {
        return false;
    }
}
