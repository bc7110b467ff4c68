package dev.boundary.rls.liquibase;

import dev.boundary.rls.KeyChanges;
import dev.boundary.rls.RlsChange;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code addTenantUnique}: see {@link KeyChanges#addTenantUnique}. */
@DatabaseChange(
        name = "addTenantUnique",
        description = "Makes columns unique for each tenant",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class AddTenantUniqueChange extends TenantKeyChange {

    /** For Liquibase. */
    public AddTenantUniqueChange() {}

    @Override
    RlsChange model(Database database) {
        return new KeyChanges(table(database), column()).addTenantUnique(columns(), getConstraintName());
    }
}
