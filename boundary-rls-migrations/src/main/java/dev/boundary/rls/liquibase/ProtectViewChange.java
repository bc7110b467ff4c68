package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import java.util.Set;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** {@code protectView}: see {@link TableChanges#protectView}. */
@DatabaseChange(
        name = "protectView",
        description = "Lets a view read under the policies of whoever queries it",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class ProtectViewChange extends RolesChange {

    private @Nullable String viewName;
    private @Nullable String privileges;

    /** For Liquibase. */
    public ProtectViewChange() {}

    /**
     * View to protect.
     *
     * @return the value, or null if it is missing, which {@link #validate} reports
     */
    @DatabaseChangeProperty(
            description = "view to protect",
            requiredForDatabase = "postgresql",
            supportsDatabase = "postgresql")
    public @Nullable String getViewName() {
        return viewName;
    }

    /**
     * Sets it.
     *
     * @param viewName the value, or null for none
     */
    public void setViewName(@Nullable String viewName) {
        this.viewName = viewName;
    }

    /**
     * What the application role may do with the view: select (default), insert, update, delete, separated by commas.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "what the application role may do with the view: select (default), insert, update, delete,"
                    + " separated by commas",
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

    @Override
    RlsChange model(Database database) {
        return TableChanges.protectView(
                new TableName(schema(database), required("viewName", viewName)),
                roles(null),
                privileges == null || privileges.isBlank()
                        ? Set.of(TablePrivilege.SELECT)
                        : TablePrivilege.parse(privileges));
    }
}
