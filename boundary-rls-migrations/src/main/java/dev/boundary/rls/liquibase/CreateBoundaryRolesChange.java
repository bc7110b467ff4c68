package dev.boundary.rls.liquibase;

import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.RlsChange;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** {@code createBoundaryRoles}: see {@link CreateBoundaryRoles}. */
@DatabaseChange(
        name = "createBoundaryRoles",
        description = "Creates or verifies the owner, application and admin role",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class CreateBoundaryRolesChange extends RolesChange {

    private @Nullable String ownerRole;

    /** For Liquibase. */
    public CreateBoundaryRolesChange() {}

    /**
     * Role that owns the tables; default boundary_owner.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "role that owns the tables; default boundary_owner",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getOwnerRole() {
        return ownerRole;
    }

    /**
     * Sets it.
     *
     * @param ownerRole the value, or null for none
     */
    public void setOwnerRole(@Nullable String ownerRole) {
        this.ownerRole = ownerRole;
    }

    @Override
    RlsChange model(Database database) {
        return new CreateBoundaryRoles(roles(ownerRole), schema(database));
    }
}
