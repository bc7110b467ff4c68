package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** {@code createAdminPolicy}: see {@link TableChanges#createAdminPolicy}. */
@DatabaseChange(
        name = "createAdminPolicy",
        description = "Creates the policy of the admin role",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class CreateAdminPolicyChange extends TableOnlyChange {

    private @Nullable String adminRole;

    /** For Liquibase. */
    public CreateAdminPolicyChange() {}

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
        return TableChanges.createAdminPolicy(table(database), orElse(adminRole, RoleNames.DEFAULT.admin()));
    }
}
