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
public final class CreateBoundaryRolesChange extends BoundaryChange {

    private @Nullable String ownerRole;
    private @Nullable String applicationRole;
    private @Nullable String adminRole;
    private @Nullable String schemaName;

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
     * @param schemaName the value, or null for none
     */
    public void setSchemaName(@Nullable String schemaName) {
        this.schemaName = schemaName;
    }

    @Override
    RlsChange model(Database database) {
        return new CreateBoundaryRoles(roles(ownerRole, applicationRole, adminRole), schema(schemaName, database));
    }
}
