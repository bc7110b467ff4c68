package dev.boundary.core.routing;

import dev.boundary.core.Scope;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.core.TenantScope;
import dev.boundary.core.UnscopedScope;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Gives connections to the database of the region that the open scope names. There is no default region: without a scope,
 * without a region, or with one that has no database, it throws and asks no database.
 *
 * {@snippet file="dev/boundary/core/routing/RegionalDataSourceTest.java" region="regions"}
 *
 * <p>A connection stays with its region: a transaction that began in one is not continued in another.
 *
 * <p>Immutable and safe for use by several threads if the data sources are.
 */
public final class RegionalDataSource implements DataSource {

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
     * @param lookup tells a tenant's region: a (cached) registry, say; called for each connection
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

    private DataSource ofOpenScope() {
        Scope scope = TenantContext.current()
                .orElseThrow(() -> TenantNotSetException.noScope("A connection to a region's database"));
        Optional<String> region = switch (scope) {
            case TenantScope tenant -> tenant.region().or(() -> regionOf.apply(tenant.tenant()));
            case UnscopedScope unscoped -> unscoped.region();
        };
        return in(region.orElseThrow(() -> new UnknownRegionException(
                "The open scope (" + scope
                        + ") names no region. Open it with the tenant's region, as Tenant.scope() does,"
                        + " or use forEachRegion for unscoped work.",
                regions.keySet())));
    }

    @Override
    public Connection getConnection() throws SQLException {
        return ofOpenScope().getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return ofOpenScope().getConnection(username, password);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        throw notOfAll("getLogWriter");
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw notOfAll("setLogWriter");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw notOfAll("setLoginTimeout");
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        throw notOfAll("getLoginTimeout");
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw notOfAll("getParentLogger");
    }

    private static SQLFeatureNotSupportedException notOfAll(String method) {
        return new SQLFeatureNotSupportedException(
                method + " is a matter of each region's own data source: call it on in(region).");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("A RegionalDataSource has no one data source of type " + type.getName()
                + " beneath it: use in(region).");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
