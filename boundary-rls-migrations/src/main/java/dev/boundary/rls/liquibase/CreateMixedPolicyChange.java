package dev.boundary.rls.liquibase;

import dev.boundary.rls.PartChanges;
import dev.boundary.rls.RlsChange;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code createMixedPolicy}: see {@link PartChanges#createMixedPolicy}. */
@DatabaseChange(
        name = "createMixedPolicy",
        description = "Creates the tenant policies on a table with shared and own rows",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class CreateMixedPolicyChange extends TenantPolicyChange {

    /** For Liquibase. */
    public CreateMixedPolicyChange() {}

    @Override
    RlsChange model(Database database) {
        return PartChanges.createMixedPolicy(table(database), column(), application());
    }
}
