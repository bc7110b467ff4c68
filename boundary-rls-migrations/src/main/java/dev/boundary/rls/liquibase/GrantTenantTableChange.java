package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TablePrivilege;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code grantTenantTable}: see {@link TableChanges#grantTenantTable}. */
@DatabaseChange(
        name = "grantTenantTable",
        description = "Grants row privileges on a protected table again",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class GrantTenantTableChange extends TenantTableChange {

    /** For Liquibase. */
    public GrantTenantTableChange() {}

    @Override
    RlsChange model(Database database) {
        return TableChanges.grantTenantTable(table(database), column(), roles(), privileges(TablePrivilege.ALL));
    }
}
