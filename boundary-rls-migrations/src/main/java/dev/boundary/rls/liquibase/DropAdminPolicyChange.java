package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code dropAdminPolicy}: see {@link TableChanges#dropAdminPolicy}. */
@DatabaseChange(
        name = "dropAdminPolicy",
        description = "Drops the policy of the admin role",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class DropAdminPolicyChange extends TableOnlyChange {

    /** For Liquibase. */
    public DropAdminPolicyChange() {}

    @Override
    RlsChange model(Database database) {
        return TableChanges.dropAdminPolicy(table(database));
    }
}
