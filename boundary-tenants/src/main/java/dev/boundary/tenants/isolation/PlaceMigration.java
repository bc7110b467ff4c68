package dev.boundary.tenants.isolation;

import dev.boundary.core.registry.Tenant;
import dev.boundary.core.routing.Placement;
import java.sql.Connection;

/**
 * What {@link IsolatedMigrations} does in each place.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface PlaceMigration {

    /**
     * Migrates one place. What it does in the open transaction is committed together with the record that the migration
     * is done, and rolled back if it throws. It may commit by itself; what it has committed when the process is killed,
     * it finds when it is run again.
     *
     * @param connection a connection of the owner, not in autocommit, with the place's schema first on its search path;
     *     closing it has no effect
     * @param place the place
     * @throws Exception any exception is a failure for this tenant
     */
    void run(Connection connection, Place place) throws Exception;

    /**
     * A place that is being migrated.
     *
     * @param tenant the tenant it belongs to
     * @param placement the place
     * @param schema the schema for its tables, which is first on the connection's search path
     * @since 0.1
     */
    record Place(Tenant tenant, Placement placement, String schema) {}
}
