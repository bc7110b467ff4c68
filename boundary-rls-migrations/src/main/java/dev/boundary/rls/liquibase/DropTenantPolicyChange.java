package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code dropTenantPolicy}: see {@link TableChanges#dropTenantPolicy}. */
@DatabaseChange(
        name = "dropTenantPolicy",
        description = "Drops the tenant policies",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class DropTenantPolicyChange extends TableOnlyChange {

    /** For Liquibase. */
    public DropTenantPolicyChange() {}

    @Override
    RlsChange model(Database database) {
        return TableChanges.dropTenantPolicy(table(database));
    }
}
