package dev.boundary.rls.liquibase;

import dev.boundary.rls.CreateTenantRegistry;
import dev.boundary.rls.RlsChange;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** {@code createTenantRegistry}: see {@link CreateTenantRegistry}. */
@DatabaseChange(
        name = "createTenantRegistry",
        description = "Creates the tables of the registry of tenants, with an audit of each change",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class CreateTenantRegistryChange extends BoundaryChange {

    private @Nullable String applicationRole;
    private @Nullable String adminRole;

    /** For Liquibase. */
    public CreateTenantRegistryChange() {}

    /**
     * Role that the service connects as; default boundary_app.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "role that the service connects as; default boundary_app",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getApplicationRole() {
        return applicationRole;
    }

    /**
     * Sets it.
     *
     * @param applicationRole the value, or null for none
     */
    public void setApplicationRole(@Nullable String applicationRole) {
        this.applicationRole = applicationRole;
    }

    /**
     * Role of unscoped work; default boundary_admin.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "role of unscoped work; default boundary_admin",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getAdminRole() {
        return adminRole;
    }

    /**
     * Sets it.
     *
     * @param adminRole the value, or null for none
     */
    public void setAdminRole(@Nullable String adminRole) {
        this.adminRole = adminRole;
    }

    @Override
    RlsChange model(Database database) {
        return new CreateTenantRegistry(RolesChange.roles(null, applicationRole, adminRole));
    }
}
