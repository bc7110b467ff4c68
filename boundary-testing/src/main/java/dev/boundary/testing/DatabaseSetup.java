package dev.boundary.testing;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.testing.postgresql.TestDatabase;
import dev.boundary.testing.postgresql.TestRoles;
import java.sql.SQLException;

/**
 * What the databases of a project's tests contain. {@link BoundaryTest} names it. Each test class gets a new instance,
 * so it must have a constructor without parameters.
 *
 * @since 0.1
 */
public interface DatabaseSetup {

    /**
     * Which tables belong to tenants: the declaration that the service itself uses.
     *
     * @return the declaration
     */
    TenantSchema schema();

    /**
     * Creates the tables, policies and grants, as the owner role. It runs once in a test run; every test database is a
     * copy of the result.
     *
     * {@snippet file="dev/boundary/testing/ShopSetup.java" region="migrate"}
     *
     * @param database an empty database with its roles
     * @throws SQLException if a statement fails
     */
    void migrate(TestDatabase database) throws SQLException;

    /**
     * The names of the roles that the migration expects. They are created if they do not exist.
     *
     * @return by default {@link TestRoles#DEFAULT}
     */
    default TestRoles roles() {
        return TestRoles.DEFAULT;
    }

    /**
     * The setting that carries the tenant to the policies.
     *
     * @return by default {@link SessionVariable#DEFAULT}
     */
    default SessionVariable sessionVariable() {
        return SessionVariable.DEFAULT;
    }

    /**
     * Configures the {@link Boundary} of the tests as the service does: its layers, its listeners.
     *
     * @param builder has the declaration, the session variable, the admin role's data source and the tests' own
     *     listener
     * @return the builder to use; by default the same
     */
    default Boundary.Builder configure(Boundary.Builder builder) {
        return builder;
    }

    /**
     * Inserts the rows that each tenant requires. Called when a test first uses a tenant in a database. Rows that
     * tenant columns reference (in a table of tenants) exist already.
     *
     * @param database the database
     * @param tenant the tenant's key
     * @param name the tenant's name in the test
     * @throws SQLException if a statement fails
     */
    default void provision(TestDatabase database, TenantKey tenant, String name) throws SQLException {}

    /**
     * Supplies values for columns that cannot be filled from the catalog alone.
     *
     * @param rows receives the values
     */
    default void rows(CanaryRows rows) {}
}
