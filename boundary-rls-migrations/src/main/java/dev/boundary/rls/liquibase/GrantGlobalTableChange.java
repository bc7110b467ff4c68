package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TablePrivilege;
import java.util.Set;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code grantGlobalTable}: see {@link TableChanges#grantGlobalTable}. */
@DatabaseChange(
        name = "grantGlobalTable",
        description = "Opens a table that belongs to no tenant, read-only unless privileges says otherwise",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class GrantGlobalTableChange extends GrantingChange {

    /** For Liquibase. */
    public GrantGlobalTableChange() {}

    @Override
    RlsChange model(Database database) {
        return TableChanges.grantGlobalTable(table(database), roles(), privileges(Set.of(TablePrivilege.SELECT)));
    }
}
