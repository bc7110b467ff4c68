package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code addTenantPrimaryKey}: see {@link TableChanges#addTenantPrimaryKey}. */
@DatabaseChange(
        name = "addTenantPrimaryKey",
        description = "Puts the tenant in front of the primary key",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class AddTenantPrimaryKeyChange extends TenantColumnChange {

    /** For Liquibase. */
    public AddTenantPrimaryKeyChange() {}

    @Override
    RlsChange model(Database database) {
        return TableChanges.addTenantPrimaryKey(table(database), column());
    }
}
