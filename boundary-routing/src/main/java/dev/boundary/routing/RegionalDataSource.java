package dev.boundary.routing;

import dev.boundary.core.Scope;
import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.Scope.UnscopedScope;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.internal.PlacementLookup;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.SharedTables;
import dev.boundary.core.routing.RoutingDataSource;
import dev.boundary.core.routing.UnknownPlacementException;
import dev.boundary.core.routing.UnknownRegionException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Gives connections to the database of the region that the open scope names. There is no default region: without a
 * scope, without a region, or with one that has no database, it throws and asks no database.
 *
 * {@snippet file="dev/boundary/routing/RegionalDataSourceTest.java" region="regions"}
 *
 * <p>A connection stays with its region: a transaction that began in one is not continued in another.
 *
 * <p>Immutable and safe for use by several threads if the data sources are.
 *
 * @since 0.1
 */
public final class RegionalDataSource implements RoutingDataSource {

    private final Map<String, DataSource> regions;
    private final Function<TenantKey, Optional<String>> regionOf;

    private RegionalDataSource(Map<String, DataSource> regions, Function<TenantKey, Optional<String>> regionOf) {
        this.regions = Map.copyOf(regions);
        this.regionOf = regionOf;
    }

    /**
     * For scopes that name their region: {@code TenantContext.where(tenant.scope())}.
     *
     * @param regions the data sources by the names of their regions; at least one
     * @return the data source
     * @throws IllegalArgumentException if there is none
     */
    public static RegionalDataSource of(Map<String, DataSource> regions) {
        if (regions.isEmpty()) {
            throw new IllegalArgumentException("Give it at least one region.");
        }
        return new RegionalDataSource(regions, tenant -> Optional.empty());
    }

    /**
     * Finds the region of a tenant's scope that names none.
     *
     * @param lookup returns the region of a tenant: a (cached) registry, say, with connections of its own; called for
     *     each connection and each statement
     * @return a data source that does
     */
    public RegionalDataSource findingRegions(Function<TenantKey, Optional<String>> lookup) {
        return new RegionalDataSource(regions, Objects.requireNonNull(lookup, "lookup"));
    }

    /**
     * The names of the regions.
     *
     * @return the names in alphabetical order
     */
    public Set<String> regions() {
        return new TreeSet<>(regions.keySet());
    }

    /**
     * The database of one region, whatever scope is open.
     *
     * @param region its name
     * @return its data source
     * @throws UnknownRegionException if there is none
     */
    public DataSource in(String region) {
        DataSource found = regions.get(region);
        if (found == null) {
            throw new UnknownRegionException(
                    "There is no database for the region \"" + region + "\".", regions.keySet());
        }
        return found;
    }

    /**
     * Does something in each region, one after the other, in an unscoped scope of that region.
     *
     * @param reason why it must see all tenants, for the audit; not blank
     * @param action what to do; gets the name of the region; what it throws ends the iteration
     * @throws IllegalArgumentException if the reason is blank
     */
    public void forEachRegion(String reason, Consumer<String> action) {
        for (String region : regions()) {
            TenantContext.where(new UnscopedScope(reason, Optional.of(region))).run(() -> action.accept(region));
        }
    }

    @Override
    public Optional<Placement> find(Scope scope) {
        Optional<String> region = switch (scope) {
            case TenantScope tenant -> tenant.region().or(() -> lookUp(tenant.tenant()));
            case UnscopedScope unscoped -> unscoped.region();
        };
        return region.map(name -> new SharedTables(Optional.of(name)));
    }

    private Optional<String> lookUp(TenantKey tenant) {
        return PlacementLookup.in(
                source -> regions.values().stream().anyMatch(region -> PlacementLookup.isSame(region, source)),
                () -> regionOf.apply(tenant));
    }

    @Override
    public Placement placementOf(Scope scope) {
        return find(scope)
                .orElseThrow(() -> withoutRegion("The open scope (" + scope + ") names no region. Open it with"
                        + " the tenant's region, as Tenant.scope() does, or use forEachRegion for unscoped work."));
    }

    /** {@inheritDoc} Here it is the shared tables of a region. */
    @Override
    public DataSource at(Placement placement) {
        if (!(placement instanceof SharedTables)) {
            throw new UnknownPlacementException("A RegionalDataSource has shared tables only, and not " + placement
                    + ". Give it to a PlacedDataSource.");
        }
        return in(placement.region().orElseThrow(() -> withoutRegion("The placement names no region.")));
    }

    private UnknownRegionException withoutRegion(String what) {
        return new UnknownRegionException(what, regions.keySet());
    }

    @Override
    public Set<Placement> permanent() {
        return regions().stream()
                .map(region -> new SharedTables(Optional.of(region)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public boolean hasOwnSchemas() {
        return false;
    }
}
