package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** {@code protectPartitions}: see {@link TableChanges#protectPartitions}. */
@DatabaseChange(
        name = "protectPartitions",
        description = "Closes the partitions that were added to a protected table",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class ProtectPartitionsChange extends TableOnlyChange {

    private @Nullable String applicationRole;
    private @Nullable String adminRole;

    /** For Liquibase. */
    public ProtectPartitionsChange() {}

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
        return TableChanges.protectPartitions(table(database), roles(null, applicationRole, adminRole));
    }
}
