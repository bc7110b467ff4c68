package dev.boundary.rls.liquibase;

import dev.boundary.rls.RoleNames;
import liquibase.change.DatabaseChangeProperty;
import org.jspecify.annotations.Nullable;

/** A change that concerns the application and the admin role. */
public abstract class RolesChange extends SchemaChange {

    private @Nullable String applicationRole;
    private @Nullable String adminRole;

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

    final RoleNames roles(@Nullable String ownerRole) {
        return roles(ownerRole, applicationRole, adminRole);
    }

    static RoleNames roles(@Nullable String owner, @Nullable String application, @Nullable String admin) {
        return new RoleNames(
                orElse(owner, RoleNames.DEFAULT.owner()),
                orElse(application, RoleNames.DEFAULT.application()),
                orElse(admin, RoleNames.DEFAULT.admin()));
    }
}
