package dev.boundary.rls.liquibase;

import dev.boundary.rls.RoleNames;
import liquibase.change.DatabaseChangeProperty;
import org.jspecify.annotations.Nullable;

/** A change that names roles. */
public abstract class RolesChange extends BoundaryChange {

    private @Nullable String applicationRole;
    private @Nullable String adminRole;
    private @Nullable String schemaName;

    RolesChange() {}

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
     * @param applicationRole the value
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
     * @param adminRole the value
     */
    public void setAdminRole(@Nullable String adminRole) {
        this.adminRole = adminRole;
    }

    /**
     * Schema; the default schema of the database if left out.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "schema; the default schema of the database if left out",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getSchemaName() {
        return schemaName;
    }

    /**
     * Sets it.
     *
     * @param schemaName the value
     */
    public void setSchemaName(@Nullable String schemaName) {
        this.schemaName = schemaName;
    }

    final RoleNames roles(@Nullable String ownerRole) {
        return new RoleNames(
                orElse(ownerRole, RoleNames.DEFAULT.owner()),
                orElse(applicationRole, RoleNames.DEFAULT.application()),
                orElse(adminRole, RoleNames.DEFAULT.admin()));
    }
}
