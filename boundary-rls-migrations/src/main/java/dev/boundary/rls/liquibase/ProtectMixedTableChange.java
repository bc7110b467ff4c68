package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code protectMixedTable}: see {@link TableChanges#protectTable}. */
@DatabaseChange(
        name = "protectMixedTable",
        description = "Protects a table with shared and own rows",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class ProtectMixedTableChange extends TenantTableChange {

    /** For Liquibase. */
    public ProtectMixedTableChange() {}

    @Override
    RlsChange model(Database database) {
        return TableChanges.protectTable(
                table(database), TableRows.mixed(column()), roles(), privileges(TablePrivilege.ALL));
    }
}
