package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableRows;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** {@code createChildPolicy}: see {@link TableChanges#createTenantPolicies}. */
@DatabaseChange(
        name = "createChildPolicy",
        description = "Creates the tenant policies on a table that reaches its tenant through a foreign key",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class CreateChildPolicyChange extends TableOnlyChange {

    private @Nullable String foreignKeyColumns;
    private @Nullable String applicationRole;

    /** For Liquibase. */
    public CreateChildPolicyChange() {}

    /**
     * Columns of the foreign key to the parent, separated by commas.
     *
     * @return the value, or null if it is missing, which {@link #validate} reports
     */
    @DatabaseChangeProperty(
            description = "columns of the foreign key to the parent, separated by commas",
            requiredForDatabase = "postgresql",
            supportsDatabase = "postgresql")
    public @Nullable String getForeignKeyColumns() {
        return foreignKeyColumns;
    }

    /**
     * Sets it.
     *
     * @param foreignKeyColumns the value, or null for none
     */
    public void setForeignKeyColumns(@Nullable String foreignKeyColumns) {
        this.foreignKeyColumns = foreignKeyColumns;
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

    @Override
    RlsChange model(Database database) {
        return TableChanges.createTenantPolicies(
                table(database),
                TableRows.byForeignKey(columns("foreignKeyColumns", foreignKeyColumns)),
                orElse(applicationRole, RoleNames.DEFAULT.application()));
    }
}
