package dev.boundary.cli;

import dev.boundary.core.registry.Tenant;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.SharedTables;
import dev.boundary.routing.RegionalDataSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import picocli.CommandLine.Option;

/**
 * Which database holds the rows of which region. In the wrong database no rows would be found: an archive would be
 * empty, and a tenant would count as erased. So a tenant's region is never ignored unless an option says so.
 */
final class RegionOptions {

    private static final String VARIABLE = "BOUNDARY_ONE_DATABASE";

    @Option(
            names = "--region-url",
            paramLabel = "REGION=URL",
            description = "The database with the rows of a region's tenants; may be given several times.")
    private Map<String, String> regionUrls = new LinkedHashMap<>();

    @Option(
            names = "--one-database",
            description = "The rows of all regions are in the database with the registry. Also: " + VARIABLE + "=true.")
    private boolean oneDatabase;

    /** Connections to the rows: with regions, to the one of the open scope's tenant. */
    DataSource rows(RoleDataSource here, Function<String, RoleDataSource> at) {
        if (regionUrls.isEmpty()) {
            return here;
        }
        Map<String, DataSource> regions = new HashMap<>();
        regionUrls.forEach((region, url) -> regions.put(region, at.apply(url)));
        return RegionalDataSource.of(regions);
    }

    /** Refuses tenants whose rows are not in the databases that were named. */
    void check(List<Tenant> tenants, CliEnvironment cliEnvironment) {
        tenants.forEach(tenant -> check(tenant, cliEnvironment));
    }

    void check(Tenant tenant, CliEnvironment cliEnvironment) {
        checkSharesTables(tenant);
        tenant.region()
                .ifPresentOrElse(
                        region -> checkIsNamed(tenant, region, cliEnvironment), () -> checkNeedsNoRegion(tenant));
    }

    private static void checkSharesTables(Tenant tenant) {
        Placement placement = Placement.of(tenant);
        if (!(placement instanceof SharedTables)) {
            throw CommandFailedException.failed("The rows of tenant " + tenant.slug() + " are in " + placement
                    + ", and this command works on the tables that tenants share. Leave the tenant out, or do it in a"
                    + " service that has a PlacedDataSource.");
        }
    }

    private void checkNeedsNoRegion(Tenant tenant) {
        if (!regionUrls.isEmpty()) {
            throw new IllegalArgumentException("Tenant " + tenant.slug() + " has no region, so none of --region-url"
                    + " is known to have its rows. Leave the tenant out, or --region-url.");
        }
    }

    private void checkIsNamed(Tenant tenant, String region, CliEnvironment cliEnvironment) {
        boolean named = regionUrls.isEmpty() ? isOneDatabase(cliEnvironment) : regionUrls.containsKey(region);
        if (!named) {
            throw new IllegalArgumentException("Tenant " + tenant.slug() + " is in region \"" + region
                    + "\". Say where its rows are: --region-url " + region
                    + "=jdbc:postgresql://host:port/database, or --one-database if the rows of all regions are in the"
                    + " database with the registry.");
        }
    }

    private boolean isOneDatabase(CliEnvironment cliEnvironment) {
        return oneDatabase
                || "true".equalsIgnoreCase(cliEnvironment.environment().get(VARIABLE));
    }
}
