package dev.boundary.rls.liquibase;

import dev.boundary.rls.PartChanges;
import dev.boundary.rls.RlsChange;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code dropAdminPolicy}: see {@link PartChanges#dropAdminPolicy}. */
@DatabaseChange(
        name = "dropAdminPolicy",
        description = "Drops the policy of the admin role",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class DropAdminPolicyChange extends TableOnlyChange {

    /** For Liquibase. */
    public DropAdminPolicyChange() {}

    @Override
    RlsChange model(Database database) {
        return PartChanges.dropAdminPolicy(table(database));
    }
}
