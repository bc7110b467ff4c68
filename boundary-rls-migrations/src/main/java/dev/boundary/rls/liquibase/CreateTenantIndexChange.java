package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code createTenantIndex}: see {@link TableChanges#createTenantIndex}. */
@DatabaseChange(
        name = "createTenantIndex",
        description = "Creates an index led by the tenant column, unless there is one",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class CreateTenantIndexChange extends TenantColumnChange {

    /** For Liquibase. */
    public CreateTenantIndexChange() {}

    @Override
    RlsChange model(Database database) {
        return TableChanges.createTenantIndex(table(database), column());
    }
}
