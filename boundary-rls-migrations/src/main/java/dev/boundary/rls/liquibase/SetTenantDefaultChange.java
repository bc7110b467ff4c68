package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code setTenantDefault}: see {@link TableChanges#setTenantDefault}. */
@DatabaseChange(
        name = "setTenantDefault",
        description = "Lets the tenant column default to the current tenant",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class SetTenantDefaultChange extends TenantColumnChange {

    /** For Liquibase. */
    public SetTenantDefaultChange() {}

    @Override
    RlsChange model(Database database) {
        return TableChanges.setTenantDefault(table(database), column());
    }
}
