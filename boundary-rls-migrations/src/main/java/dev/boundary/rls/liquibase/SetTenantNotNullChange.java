package dev.boundary.rls.liquibase;

import dev.boundary.rls.PartChanges;
import dev.boundary.rls.RlsChange;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code setTenantNotNull}: see {@link PartChanges#setTenantNotNull}. */
@DatabaseChange(
        name = "setTenantNotNull",
        description = "Makes the tenant column NOT NULL",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class SetTenantNotNullChange extends TenantColumnChange {

    /** For Liquibase. */
    public SetTenantNotNullChange() {}

    @Override
    RlsChange model(Database database) {
        return PartChanges.setTenantNotNull(table(database), column());
    }
}
