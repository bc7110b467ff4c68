package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code setTenantNotNull}: see {@link TableChanges#setTenantNotNull}. */
@DatabaseChange(
        name = "setTenantNotNull",
        description = "Makes the tenant column NOT NULL",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class SetTenantNotNullChange extends TenantColumnChange {

    /** For Liquibase. */
    public SetTenantNotNullChange() {}

    @Override
    RlsChange model(Database database) {
        return TableChanges.setTenantNotNull(table(database), column());
    }
}
