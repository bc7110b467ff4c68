package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code protectTenantTable}: see {@link TableChanges#protectTable}. */
@DatabaseChange(
        name = "protectTenantTable",
        description = "Protects a table with a tenant column",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class ProtectTenantTableChange extends TenantTableChange {

    /** For Liquibase. */
    public ProtectTenantTableChange() {}

    @Override
    RlsChange model(Database database) {
        return TableChanges.protectTable(
                table(database), TableRows.byTenantColumn(column()), roles(), privileges(TablePrivilege.ALL));
    }
}
