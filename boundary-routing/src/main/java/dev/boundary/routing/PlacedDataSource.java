package dev.boundary.routing;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.Scope;
import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.Scope.UnscopedScope;
import dev.boundary.core.TenantKey;
import dev.boundary.core.internal.PlacementLookup;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.OwnDatabase;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.core.routing.Placement.SharedTables;
import dev.boundary.core.routing.RoutingDataSource;
import dev.boundary.core.routing.UnknownPlacementException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Gives connections to where the rows of the open scope's tenant are: to the tables that most tenants share, to a
 * schema of its own, or to a database of its own.
 *
 * {@snippet file="dev/boundary/routing/PlacedDataSourceTest.java" region="placed"}
 *
 * <p>The placement of a tenant is looked up each time: for each connection, and for each statement whether its
 * connection is still the right one. A registry must not take its connections from the same pools: statements that hold
 * one and wait for a second would wait for each other. {@code JdbcTenantRegistry} refuses that. A tenant without a placement, one in a schema or database for which nothing makes
 * a data source, and one in a place where another tenant is, is an {@link UnknownPlacementException}; nothing falls
 * back to the shared tables.
 *
 * <p>Unscoped work has no one place, and is refused: what spans all tenants runs in the shared tables (give Boundary's
 * {@code admin(...)} their admin data source), and rows of a tenant elsewhere are reached in its own scope.
 *
 * <p>Safe for use by several threads if the data sources and functions are.
 *
 * @since 0.1
 */
public final class PlacedDataSource implements RoutingDataSource, AutoCloseable {

    private final DataSource shared;
    private final Function<TenantKey, Optional<Placement>> placements;
    private final @Nullable Function<? super OwnSchema, ? extends DataSource> schemas;
    private final @Nullable Function<? super OwnDatabase, ? extends DataSource> databases;

    private final Map<Placement, TenantKey> tenants = new ConcurrentHashMap<>();
    private final Map<Placement, MadeDataSource> made = new ConcurrentHashMap<>();

    private PlacedDataSource(Builder builder) {
        this.shared = builder.shared;
        this.placements = builder.placements;
        this.schemas = builder.schemas;
        this.databases = builder.databases;
    }

    /**
     * Begins a data source.
     *
     * @param shared connections to the shared tables; a {@link RegionalDataSource} if each region has its own
     * @param placements returns the placement of a tenant: {@code key -> registry.find(key).map(Placement::of)} of a
     *     cached registry with connections of its own; empty if the tenant is unknown; called for each connection and
     *     each statement
     * @return a builder with the rest of the settings
     * @throws IllegalArgumentException if the shared tables are those of another {@code PlacedDataSource}
     */
    public static Builder builder(DataSource shared, Function<TenantKey, Optional<Placement>> placements) {
        return new Builder(shared, placements);
    }

    /**
     * {@inheritDoc}
     *
     * @throws UnknownPlacementException also if nothing says where the tenant is, if the scope names another region, or
     *     if the place is another tenant's, and for unscoped work; exceptions of the look-up are passed on
     */
    @Override
    public Optional<Placement> find(Scope scope) {
        return Optional.of(placementOf(scope));
    }

    @Override
    public Placement placementOf(Scope scope) {
        return switch (scope) {
            case TenantScope tenant -> placementOf(tenant);
            case UnscopedScope unscoped ->
                throw new UnknownPlacementException("Work in an " + unscoped
                        + " scope has no one place. Give Boundary's admin(...) the admin role's"
                        + " connections to the shared tables, and work on tenants that are elsewhere in the"
                        + " scope of each (TenantWork.forEach).");
        };
    }

    private Placement placementOf(TenantScope scope) {
        Placement placement = lookUp(scope.tenant()).orElseThrow(() -> notPlaced(scope));
        if (scope.region().isPresent() && !scope.region().equals(placement.region())) {
            throw new UnknownPlacementException("The open scope is for " + scope + ", and the tenant's rows are in "
                    + placement + ". Open the scope with Tenant.scope() of the tenant as it is registered now.");
        }
        if (!(placement instanceof SharedTables)) {
            requireOwner(placement, scope.tenant());
        }
        return placement;
    }

    private static UnknownPlacementException notPlaced(TenantScope scope) {
        return new UnknownPlacementException("Nothing says where the rows of " + scope
                + " are. Register the tenant, or correct its key; the shared tables are no default.");
    }

    /** The first tenant in a place owns it for as long as it stays there. */
    private void requireOwner(Placement placement, TenantKey tenant) {
        TenantKey owner = tenants.putIfAbsent(placement, tenant);
        if (owner == null || owner.equals(tenant)) {
            return;
        }
        boolean stillThere = lookUp(owner).filter(placement::equals).isPresent();
        if (stillThere || !tenants.replace(placement, owner, tenant)) {
            throw new UnknownPlacementException("Tenant " + tenant + " is placed in " + placement + ", which is tenant "
                    + owner + "'s own. Correct the registry: a place of its own has one tenant.");
        }
    }

    @Override
    public DataSource at(Placement placement) {
        return switch (placement) {
            case SharedTables tables -> shared instanceof RoutingDataSource routing ? routing.at(tables) : shared;
            case OwnSchema schema -> own(schema, schemas, "ownSchemas");
            case OwnDatabase database -> own(database, databases, "ownDatabases");
        };
    }

    private <P extends Placement> DataSource own(
            P placement, @Nullable Function<? super P, ? extends DataSource> factory, String setting) {
        if (factory == null) {
            throw new UnknownPlacementException("There are no connections to " + placement
                    + ": this PlacedDataSource was built without " + setting + "(...).");
        }
        DataSource source = null;
        while (source == null) { // until it is not one that is released at this moment
            source = made.computeIfAbsent(placement, missing -> new MadeDataSource())
                    .get(() -> make(placement, factory, setting));
        }
        return source;
    }

    private static <P extends Placement> DataSource make(
            P placement, Function<? super P, ? extends DataSource> factory, String setting) {
        DataSource source;
        try {
            source = factory.apply(placement);
        } catch (BoundaryException e) {
            throw e;
        } catch (RuntimeException e) { // a pool that connects at once, and cannot
            throw new IllegalStateException(
                    "There are no connections to " + placement + ", for which " + setting + "(...) has failed: "
                            + e.getMessage(),
                    e);
        }
        return Objects.requireNonNull(source, () -> setting + "(" + placement + ")");
    }

    private Optional<Placement> lookUp(TenantKey tenant) {
        return PlacementLookup.in(this::leadsTo, () -> placements.apply(tenant));
    }

    /** Whether a statement may hold a connection of a data source. */
    private boolean leadsTo(DataSource source) {
        return permanent().stream().anyMatch(place -> PlacementLookup.isSame(at(place), source))
                || made.values().stream().anyMatch(own -> isSame(own.made(), source));
    }

    private static boolean isSame(@Nullable DataSource made, DataSource source) {
        return made != null && PlacementLookup.isSame(made, source);
    }

    @Override
    public Set<Placement> permanent() {
        return shared instanceof RoutingDataSource routing ? routing.permanent() : Set.of(new SharedTables());
    }

    @Override
    public boolean hasOwnSchemas() {
        return schemas != null;
    }

    /**
     * Forgets the own place of a tenant that has been moved or removed, and closes the data source that was made for it
     * if that can be closed. Nothing happens if none was made.
     *
     * @param placement the place
     * @throws IllegalStateException if the data source does not close; it is forgotten all the same
     */
    public void release(Placement placement) {
        tenants.remove(placement);
        close(List.of(placement));
    }

    /**
     * Closes the data sources that were made for own schemas and databases, as far as they can be closed. Those that it
     * was built with are their maker's.
     *
     * @throws IllegalStateException if one does not close; the others are closed all the same
     */
    @Override
    public void close() {
        close(List.copyOf(made.keySet()));
    }

    private void close(List<Placement> places) {
        List<Exception> failures = new ArrayList<>();
        for (Placement place : places) {
            try {
                close(made.remove(place));
            } catch (Exception e) { // what AutoCloseable declares
                failures.add(e);
            }
        }
        throwFirst(failures);
    }

    private static void close(@Nullable MadeDataSource source) throws Exception {
        if (source != null) {
            source.close();
        }
    }

    private static void throwFirst(List<Exception> failures) {
        if (!failures.isEmpty()) {
            IllegalStateException failure = new IllegalStateException(
                    "The data source of a tenant's own place did not close", failures.getFirst());
            failures.stream().skip(1).forEach(failure::addSuppressed);
            throw failure;
        }
    }

    /** The settings of a {@link PlacedDataSource}. Not for use by several threads. */
    public static final class Builder {

        private final DataSource shared;
        private final Function<TenantKey, Optional<Placement>> placements;
        private @Nullable Function<? super OwnSchema, ? extends DataSource> schemas;
        private @Nullable Function<? super OwnDatabase, ? extends DataSource> databases;

        private Builder(DataSource shared, Function<TenantKey, Optional<Placement>> placements) {
            this.shared = Objects.requireNonNull(shared, "shared");
            this.placements = Objects.requireNonNull(placements, "placements");
            if (shared instanceof PlacedDataSource) {
                throw new IllegalArgumentException("The shared tables are one place: give it their data source.");
            }
        }

        /**
         * Lets tenants have schemas of their own. Statements must name tables without a schema then, which Boundary's
         * contexts see to ({@code renderSchema(false)}).
         *
         * @param factory makes the connections to a schema, once for each: a pool whose connections have
         *     {@link OwnSchema#searchPath()} as their {@code search_path}, and the application role
         * @return this
         */
        public Builder ownSchemas(Function<? super OwnSchema, ? extends DataSource> factory) {
            this.schemas = Objects.requireNonNull(factory, "factory");
            return this;
        }

        /**
         * Lets tenants have databases of their own.
         *
         * @param factory makes the connections to a database, once for each: a pool of the application role there
         * @return this
         */
        public Builder ownDatabases(Function<? super OwnDatabase, ? extends DataSource> factory) {
            this.databases = Objects.requireNonNull(factory, "factory");
            return this;
        }

        /**
         * Builds the data source. It opens no connection.
         *
         * @return the data source
         */
        public PlacedDataSource build() {
            return new PlacedDataSource(this);
        }
    }
}
