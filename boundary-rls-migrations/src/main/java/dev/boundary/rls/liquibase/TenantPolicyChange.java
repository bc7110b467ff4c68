package dev.boundary.rls.liquibase;

import dev.boundary.rls.RoleNames;
import liquibase.change.DatabaseChangeProperty;
import org.jspecify.annotations.Nullable;

/** A change that makes the policies of the application role. */
public abstract class TenantPolicyChange extends TenantColumnChange {

    private @Nullable String applicationRole;

    TenantPolicyChange() {}

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

    final String application() {
        return orElse(applicationRole, RoleNames.DEFAULT.application());
    }
}
