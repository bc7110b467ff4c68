package dev.boundary.rls.liquibase;

import dev.boundary.rls.PartChanges;
import dev.boundary.rls.RlsChange;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code createTenantPolicy}: see {@link PartChanges#createTenantPolicy}. */
@DatabaseChange(
        name = "createTenantPolicy",
        description = "Creates the tenant policies on a table with a tenant column",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class CreateTenantPolicyChange extends TenantPolicyChange {

    /** For Liquibase. */
    public CreateTenantPolicyChange() {}

    @Override
    RlsChange model(Database database) {
        return PartChanges.createTenantPolicy(table(database), column(), application());
    }
}
