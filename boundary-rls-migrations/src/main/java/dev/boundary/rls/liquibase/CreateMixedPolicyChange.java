package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** {@code createMixedPolicy}: see {@link TableChanges#createMixedPolicy}. */
@DatabaseChange(
        name = "createMixedPolicy",
        description = "Creates the tenant policies on a table with shared and own rows",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class CreateMixedPolicyChange extends TenantColumnChange {

    private @Nullable String applicationRole;

    /** For Liquibase. */
    public CreateMixedPolicyChange() {}

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

    @Override
    RlsChange model(Database database) {
        return TableChanges.createMixedPolicy(
                table(database), column(), orElse(applicationRole, RoleNames.DEFAULT.application()));
    }
}
