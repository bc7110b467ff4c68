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
 * Where tenants' rows are. To look for them in the wrong database would find none: an archive would be empty, and a
 * tenant be taken for erased. So a tenant's region is never ignored unless somebody says so.
 */
final class RowPlaces {

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

    /** Connections that follow the open scope, if there are regions. */
    DataSource rows(RoleDataSource here, Function<String, RoleDataSource> at) {
        if (regionUrls.isEmpty()) {
            return here;
        }
        Map<String, DataSource> regions = new HashMap<>();
        regionUrls.forEach((region, url) -> regions.put(region, at.apply(url)));
        return RegionalDataSource.of(regions);
    }

    /** Refuses tenants whose rows are not in the places that were named. */
    void check(List<Tenant> tenants, CliEnvironment cliEnvironment) {
        tenants.forEach(tenant -> check(tenant, cliEnvironment));
    }

    void check(Tenant tenant, CliEnvironment cliEnvironment) {
        Placement placement = Placement.of(tenant);
        if (!(placement instanceof SharedTables)) {
            throw CommandFailedException.failed("The rows of tenant " + tenant.slug() + " are in " + placement
                    + ", and this command works on the tables that tenants share. Leave the tenant out, or do it in a service"
                    + " that has a PlacedDataSource.");
        }
        if (tenant.region().isEmpty()) {
            if (!regionUrls.isEmpty()) {
                throw new IllegalArgumentException("Tenant " + tenant.slug() + " has no region, so none of --region-url"
                        + " is known to have its rows. Leave the tenant out, or --region-url.");
            }
            return;
        }
        String region = tenant.region().get();
        boolean declared = oneDatabase
                || "true".equalsIgnoreCase(cliEnvironment.environment().get(VARIABLE));
        if (regionUrls.isEmpty() ? !declared : !regionUrls.containsKey(region)) {
            throw new IllegalArgumentException("Tenant " + tenant.slug() + " is in region \"" + region
                    + "\". Say where its rows are: --region-url " + region
                    + "=jdbc:postgresql://host:port/database, or --one-database if those of all regions are in the database"
                    + " with the registry.");
        }
    }
}
