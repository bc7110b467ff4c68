package dev.boundary.rls.liquibase;

import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TablePrivilege;
import java.util.Set;
import liquibase.change.DatabaseChangeProperty;
import org.jspecify.annotations.Nullable;

/** A change to one table that grants on it. */
public abstract class GrantingChange extends TableOnlyChange {

    private @Nullable String applicationRole;
    private @Nullable String adminRole;
    private @Nullable String privileges;

    GrantingChange() {}

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

    /**
     * What the application role may do: any of select, insert, update, delete, separated by commas.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description =
                    "what the application role may do: any of select, insert, update, delete, separated by commas",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getPrivileges() {
        return privileges;
    }

    /**
     * Sets it.
     *
     * @param privileges the value, or null for none
     */
    public void setPrivileges(@Nullable String privileges) {
        this.privileges = privileges;
    }

    final RoleNames roles() {
        return roles(null, applicationRole, adminRole);
    }

    final Set<TablePrivilege> privileges(Set<TablePrivilege> otherwise) {
        return privileges == null || privileges.isBlank() ? otherwise : TablePrivilege.parse(privileges);
    }
}
