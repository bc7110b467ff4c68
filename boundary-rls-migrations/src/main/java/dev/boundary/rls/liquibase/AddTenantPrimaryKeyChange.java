package dev.boundary.rls.liquibase;

import dev.boundary.rls.KeyChanges;
import dev.boundary.rls.RlsChange;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code addTenantPrimaryKey}: see {@link KeyChanges#addTenantPrimaryKey}. */
@DatabaseChange(
        name = "addTenantPrimaryKey",
        description = "Puts the tenant in front of the primary key",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class AddTenantPrimaryKeyChange extends TenantColumnChange {

    /** For Liquibase. */
    public AddTenantPrimaryKeyChange() {}

    @Override
    RlsChange model(Database database) {
        return new KeyChanges(table(database), column()).addTenantPrimaryKey();
    }
}
