package dev.boundary.rls.liquibase;

import dev.boundary.rls.PartChanges;
import dev.boundary.rls.RlsChange;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code dropTenantPolicy}: see {@link PartChanges#dropTenantPolicy}. */
@DatabaseChange(
        name = "dropTenantPolicy",
        description = "Drops the tenant policies",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class DropTenantPolicyChange extends TableOnlyChange {

    /** For Liquibase. */
    public DropTenantPolicyChange() {}

    @Override
    RlsChange model(Database database) {
        return PartChanges.dropTenantPolicy(table(database));
    }
}
